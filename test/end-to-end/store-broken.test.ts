import assert from 'node:assert/strict';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { needs } from '../skip.ts';
import { World } from './azdock.ts';
import { addBroken, brokenMachines } from './broken-machines.ts';
import { treeOf } from './tree.ts';

const CREATE = ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1'];

describe('a store with broken machines', needs('mkfifo'), () => {
  let world: World;
  let machines: string;
  let elsewhere: string;

  before(async () => {
    world = await World.create();
    await world.ok([...CREATE, 'good']);
    machines = join(world.store, 'machines');
    elsewhere = join(world.directory, 'elsewhere');
    mkdirSync(elsewhere);
    addBroken(machines, 'good', elsewhere);
  });
  after(() => world?.destroy());

  it('is listed, each of them with what is wrong with it', async () => {
    const rows: { name: string; state: string; error: string }[] = await world.json(['ls']);
    const found = new Map(rows.map((row) => [row.name, row]));
    assert.equal(found.get('good')?.state, 'Running');
    for (const { name, why, file } of brokenMachines) {
      // What is no directory was never a machine.
      if (file === '') continue;
      const row = found.get(name);
      assert.equal(row?.state, 'Error', name);
      assert.match(row.error, why);
      assert.ok(row.error.includes(join(machines, name, file)), `${name}: ${row.error}`);
    }
    assert.equal(await world.ok(['ls', '-q']), 'good\n');
  });

  for (const { name, why, file } of brokenMachines)
    it(`is told of, with a way on, by all who want ${name}`, async () => {
      const path = join(machines, name, file);
      // `env` and `ip` ask for no sidecar, or for one that tells of a tunnel.
      const verbs = [
        ['regenerate-certs', '-f'],
        ['rm', '-y'],
        ['protect'],
        ...(file === 'azdock.json' ? [] : [['ip']]),
      ];
      for (const verb of verbs) {
        const { code, stdout, stderr } = await world.run([...verb, name]);
        assert.deepEqual([code, stdout], [1, ''], `${verb}: ${stderr}`);
        assert.match(stderr.split('\n')[0] ?? '', why, `${verb}`);
        assert.ok(stderr.includes(path), stderr);
        assert.match(stderr, /^ {2}[^:]+: +(azdock|ls) /m, `${verb} says what to do: ${stderr}`);
        assert.doesNotMatch(stderr, /bug/);
      }
      const { code, stderr } = await world.run([...CREATE, name]);
      assert.equal(code, 5, stderr);
    });

  it('loses them by rm -f, and nothing else', async () => {
    const names = brokenMachines.map(({ name }) => name);
    const outside = await treeOf(elsewhere);
    const { code, stderr } = await world.run(['rm', '-f', ...names]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(readdirSync(machines), ['good']);
    assert.deepEqual(await treeOf(elsewhere), outside);
    assert.ok(existsSync('/etc/passwd') && existsSync('/dev/zero'));
  });
});

describe('symbolic links that lead out of the store', () => {
  let world: World;
  let elsewhere: string;

  before(async () => {
    world = await World.create();
    await world.ok([...CREATE, 'dev']);
    elsewhere = join(world.directory, 'elsewhere');
    mkdirSync(elsewhere);
  });
  after(() => world?.destroy());

  /** Moves a part of the store away and leaves a link. @returns where it is now, and how to undo that */
  function moveAway(part: string): { away: string; back: () => void } {
    const path = join(world.store, part);
    const away = join(elsewhere, part.replace('/', '-'));
    cpSync(path, away, { recursive: true });
    rmSync(path, { recursive: true });
    symlinkSync(away, path);
    return {
      away,
      back: () => {
        rmSync(path, { force: true });
        cpSync(away, path, { recursive: true });
      },
    };
  }

  it('a machine behind one can be read; nothing of it is written or removed but the link', async () => {
    const { away, back } = moveAway('machines/dev');
    const before = await treeOf(away);
    assert.equal(await world.ok(['ip', 'dev']), '127.0.0.1:1\n');
    for (const verb of [['rm', '-y'], ['protect'], ['regenerate-certs', '-f']]) {
      const { code, stderr } = await world.run([...verb, 'dev']);
      assert.equal(code, 1, stderr);
      assert.match(
        stderr,
        /machines\/dev is, or lies behind, a symbolic link that leads out of the store, to .*elsewhere/,
      );
    }
    assert.match((await world.run(['rm', '-y', 'dev'])).stderr, /the link, and nothing else: +azdock rm -f dev$/m);
    assert.deepEqual(await treeOf(away), before);
    assert.equal(await world.ok(['rm', '-f', 'dev']), 'Removed dev.\n');
    assert.equal(existsSync(join(world.store, 'machines', 'dev')), false);
    assert.deepEqual(await treeOf(away), before);
    back();
  });

  it('certificates behind one are used, and never written', async () => {
    const { away, back } = moveAway('certs');
    const before = await treeOf(away);
    await world.ok([...CREATE, 'two']);
    assert.deepEqual(await treeOf(away), before);
    rmSync(join(away, 'cert.pem'));
    const { code, stderr } = await world.run([...CREATE, 'three']);
    assert.deepEqual([code, readdirSync(away).includes('cert.pem')], [1, false], stderr);
    assert.match(stderr, /leads out of the store/);
    back();
  });

  for (const part of ['machines', '.locks'])
    it(`nothing is made where ${part} leads`, async () => {
      const { away, back } = moveAway(part);
      const before = await treeOf(away);
      const { code, stderr } = await world.run([...CREATE, 'four']);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /leads out of the store/);
      assert.deepEqual(await treeOf(away), before);
      back();
    });

  it('the store itself may lie behind one', async () => {
    const link = join(world.directory, 'link');
    symlinkSync(world.store, link);
    await world.ok(['-s', link, ...CREATE, 'five']);
    await world.ok(['-s', link, 'rm', '-y', 'five']);
    assert.ok(lstatSync(link).isSymbolicLink());
  });
});
