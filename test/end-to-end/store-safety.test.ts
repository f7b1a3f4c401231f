import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { collect, type Result, World } from './azdock.ts';
import { type OldVersion, oldRecord } from './old-records.ts';
import { filesBelow, treeOf } from './tree.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

const simulated = { AZDOCK_SANDBOX_GUESTS: 'simulated' };
/** What compiled code is kept in; nobody's data. */
const CACHE = ['.cache'];

describe('commands that only read', () => {
  let world: World;

  before(async () => {
    world = await World.create(simulated);
    await world.ok(['create', 'dev']);
    for (const version of [0, 1, 2] as const) await addOldMachine(`v${version}`, version);
    await addFiles('broken', '{"ConfigVersion": 3, "Driver"');
    await addFiles('future', '{"ConfigVersion": 4}');
    await mkdir(join(world.store, 'machines', 'empty'));
  });
  after(() => world?.destroy());

  /** The machine `dev` under another name, as an older docker-machine would have put it down. */
  async function addOldMachine(name: string, version: OldVersion): Promise<void> {
    const { Driver } = JSON.parse(await world.file('dev', 'config.json'));
    const { StorePath: _none, ...driver } = { ...Driver, MachineName: name };
    await addFiles(name, oldRecord(version, { root: world.store, name, driverName: 'azure', driver }));
  }

  async function addFiles(name: string, record: string): Promise<void> {
    const [from, to] = ['dev', name].map((machine) => join(world.store, 'machines', machine));
    assert.ok(from && to);
    await mkdir(to);
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await copyFile(join(from, file), join(to, file));
    await writeFile(join(to, 'config.json'), record);
  }

  const reads: readonly (readonly string[])[] = [
    ['ls'],
    ['ls', '-q'],
    ['ls', '--json'],
    ['ls', '--filter', 'state=Running', '--format', '{{.Name}}'],
    ['active'],
    ...['env', 'ip', 'url', 'config', 'status', 'inspect'].map((verb) => [verb]),
  ];
  for (const read of reads) {
    it(`write nothing: ${read.join(' ')}`, async () => {
      const isAboutOne = read.length === 1 && !['ls', 'active'].includes(read[0] ?? '');
      const good = ['dev', 'v0', 'v1', 'v2'];
      const before = await treeOf(join(world.directory, 'home'), CACHE);
      if (isAboutOne) {
        for (const name of good) await world.ok([...read, name]);
        for (const name of ['broken', 'future', 'empty', 'missing'])
          assert.notEqual((await world.run([...read, name])).code, 0, name);
      } else if (read[0] === 'active') assert.equal((await world.run(read)).code, 1);
      else {
        const said = await world.ok(read);
        for (const name of good) assert.ok(said.includes(name), said);
      }
      assert.deepEqual(await treeOf(join(world.directory, 'home'), CACHE), before);
    });
  }

  it('do not make the store', async (context) => {
    const empty = await World.create(simulated);
    context.after(() => empty.destroy());
    for (const read of reads) await empty.run(read);
    assert.deepEqual(Object.keys(await treeOf(join(empty.directory, 'home'), CACHE)), ['.']);
  });

  it('are seen when they write', async () => {
    // A test that cannot fail proves nothing: the same content, written again.
    const home = join(world.directory, 'home');
    const before = await treeOf(home, CACHE);
    const record = join(world.store, 'machines', 'v1', 'config.json');
    await writeFile(record, await readFile(record));
    assert.notDeepEqual(await treeOf(home, CACHE), before);
  });
});

describe('a store that does not exist yet', () => {
  it('is made once by 8 creations at once, which also start one sandbox and share one CA', async (context) => {
    const world = await World.create(simulated);
    context.after(() => world.destroy());
    const names = Array.from({ length: 8 }, (_none, at) => `first-${at}`);
    const runs = await Promise.all(names.map((name) => world.run(['create', name])));
    for (const { code, stderr } of runs) assert.equal(code, 0, stderr);

    const rows: { Name?: string; state?: string; name?: string }[] = await world.json(['ls']);
    assert.deepEqual(
      rows.map(({ name, state }) => `${name} ${state}`),
      names.map((name) => `${name} Running`),
    );
    const ca = await readFile(join(world.store, 'certs', 'ca.pem'), 'utf8');
    for (const name of names) {
      assert.equal(await world.file(name, 'ca.pem'), ca);
      await world.ok(['config', name]);
    }
    const [certificates, locks] = await Promise.all(
      ['certs', '.locks'].map((name) => readdir(join(world.store, name))),
    );
    assert.deepEqual(certificates?.sort(), ['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
    assert.deepEqual(locks, []);

    await world.ok(['rm', '-y', ...names]);
    assert.deepEqual(await (await WorldSandbox.up(world)).counts(), {});
    assert.deepEqual(
      (await filesBelow(world.store)).sort(),
      ['azdock-store.json', ...certificates.map((name) => join('certs', name))].map((name) => join(world.store, name)),
    );
  });
});

describe('two azdocks at work on one machine', { timeout: 120_000 }, () => {
  let world: World;
  let sandbox: WorldSandbox;
  before(async () => {
    world = await World.create(simulated);
    sandbox = await WorldSandbox.up(world);
  });
  after(() => world?.destroy());

  interface Running {
    readonly child: ChildProcess;
    readonly end: Promise<Result>;
    /** Resolves when it has said this on stderr. */
    said(text: string): Promise<void>;
  }

  function start(...args: string[]): Running {
    const child = world.start(args);
    let stderr = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      stderr += bytes;
    });
    const end = collect(child);
    const over = end.then((): never => assert.fail(`${args.join(' ')} is over: ${stderr}`));
    over.catch(() => {});
    return { child, end, said: async (text) => void (await until(async () => stderr.includes(text), over)) };
  }

  /** Starts a command and holds it back at its request about the VM. */
  async function heldAtVm(
    method: 'PUT' | 'DELETE',
    ...args: string[]
  ): Promise<Running & { release(): Promise<void> }> {
    const path = `/virtualMachines/${args.at(-1)}$`;
    const id = await sandbox.arm({ method, path, action: { hold: true } });
    const running = start(...args);
    const over = running.end.then((): never => assert.fail('it did not come to the VM'));
    over.catch(() => {});
    await until(async () => ((await sandbox.fault(id))?.waiting ?? 0) > 0, over);
    return { ...running, release: () => sandbox.disarm(id) };
  }

  const WAITING = 'waiting for it';

  async function assertNothingLeft(): Promise<void> {
    assert.deepEqual(await sandbox.counts(), {});
    assert.deepEqual(await readdir(join(world.store, 'machines')), []);
    assert.deepEqual(await readdir(join(world.store, '.locks')), []);
  }

  it('rm waits for create, and then removes what it made; who only reads does not wait', async () => {
    const create = await heldAtVm('PUT', 'create', 'dev');
    const rm = start('rm', '-y', 'dev');
    await rm.said(WAITING);
    assert.match(await world.ok(['ls']), /^dev /m);
    assert.match(await world.ok(['inspect', 'dev']), /"MachineName": "dev"/);
    await create.release();
    assert.deepEqual([(await create.end).code, (await rm.end).code], [0, 0]);
    await assertNothingLeft();
  });

  it('rm goes on at once when the create that it waits for is killed', async () => {
    const create = await heldAtVm('PUT', 'create', 'dev');
    const rm = start('rm', '-y', 'dev');
    await rm.said(WAITING);
    create.child.kill('SIGKILL');
    assert.deepEqual([(await create.end).signal, (await rm.end).code], ['SIGKILL', 0]);
    await create.release();
    await assertNothingLeft();
  });

  it('rm that is told to stop while it waits changes nothing', async () => {
    const create = await heldAtVm('PUT', 'create', 'dev');
    const rm = start('rm', '-y', 'dev');
    await rm.said(WAITING);
    rm.child.kill('SIGTERM');
    assert.equal((await rm.end).code, 143);
    await create.release();
    assert.equal((await create.end).code, 0);
    await world.ok(['config', 'dev']);
    await world.ok(['rm', '-y', 'dev']);
    await assertNothingLeft();
  });

  it('create that is interrupted says how to clean up, and rm does', async () => {
    const create = await heldAtVm('PUT', 'create', 'dev');
    create.child.kill('SIGINT');
    const { code, stdout, stderr } = await create.end;
    assert.deepEqual([code, stdout], [130, ''], stderr);
    assert.match(stderr, /azdock rm dev$/m);
    await create.release();
    await world.ok(['rm', '-y', 'dev']);
    await assertNothingLeft();
  });

  it('a second create does not touch what the first one makes', async () => {
    const create = await heldAtVm('PUT', 'create', 'dev');
    const second = await world.run(['create', 'dev']);
    assert.deepEqual([second.code, second.stdout], [5, '']);
    await create.release();
    assert.equal((await create.end).code, 0);
    await world.ok(['config', 'dev']);
    await world.ok(['rm', '-y', 'dev']);
    await assertNothingLeft();
  });

  it('whoever waited for an rm is told that the machine is gone', async () => {
    await world.ok(['create', 'dev']);
    const rm = await heldAtVm('DELETE', 'rm', '-y', 'dev');
    const others = [start('rm', '-y', 'dev'), start('regenerate-certs', '-f', 'dev')];
    await others[0]?.said(WAITING);
    await rm.release();
    assert.equal((await rm.end).code, 0);
    const [second, regenerate] = await Promise.all(others.map(({ end }) => end));
    assert.deepEqual([second?.code, second?.stdout], [0, ''], second?.stderr);
    assert.match(second?.stderr ?? '', /Another azdock has removed dev meanwhile/);
    assert.equal(regenerate?.code, 4, regenerate?.stderr);
    assert.match(regenerate?.stderr ?? '', /"dev" does not exist/);
    await assertNothingLeft();
  });
});
