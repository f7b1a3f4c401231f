import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';

const AWKWARD = `it's "a" file, $x`;

suite('scp', needs(...linuxGuests, 'ssh', 'scp'), () => {
  let world: World;
  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', '--azure-provisioner', 'cloud-init', 'one']);
    await world.ok(['create', '--azure-provisioner', 'cloud-init', 'two']);
    await writeFile(join(world.directory, AWKWARD), 'content');
    await mkdir(join(world.directory, 'tree', 'sub dir'), { recursive: true });
    await writeFile(join(world.directory, 'tree', 'sub dir', 'x'), 'x');
    await chmod(join(world.directory, 'tree', 'sub dir', 'x'), 0o755);
    await symlink('sub dir/x', join(world.directory, 'tree', 'link'));
  });
  after(() => world?.destroy());

  /** The same with the system's scp and over SFTP. */
  for (const global of [[], ['--native-ssh']] as const) {
    const scp = (...args: string[]) => world.run([...global, 'scp', ...args]);
    const sh = (machine: string, line: string) => world.ok(['ssh', machine, line]);

    suite(global.length === 0 ? "by the system's scp" : 'over SFTP', () => {
      const folder = `/tmp/work${global.length}`;
      before(async () => {
        for (const machine of ['one', 'two']) await sh(machine, `mkdir ${folder}`);
      });

      test('copies a file there and back, whatever its name', async () => {
        assert.deepEqual(await scp(AWKWARD, `one:${folder}/`), { code: 0, signal: null, stdout: '', stderr: '' });
        assert.equal((await scp(`one:${folder}/${AWKWARD}`, `localhost:back${global.length}`)).code, 0);
        assert.equal(await readFile(join(world.directory, `back${global.length}`), 'utf8'), 'content');
      });

      test('puts a file without a place into the home directory, as the user that is asked for', async () => {
        assert.equal((await scp(AWKWARD, `docker-user@one:`)).code, 0);
        assert.equal(await sh('one', `cat ~/"it's \\"a\\" file, \\$x"; rm ~/it*`), 'content');
        const root = await scp(AWKWARD, 'root@one:');
        assert.notEqual(root.code, 0);
        assert.match(root.stderr, /does not let root in with the machine's SSH key: permission denied/);
      });

      test('copies a directory with its permissions, between machines too', async () => {
        assert.equal((await scp('-r', 'tree', `one:${folder}/tree`)).code, 0);
        assert.equal((await scp('-r', '-q', `one:${folder}/tree`, `two:${folder}`)).code, 0);
        assert.equal((await scp('--recursive', `two:${folder}/tree`, `tree${global.length}`)).code, 0);
        const copy = join(world.directory, `tree${global.length}`);
        assert.deepEqual((await readdir(copy, { recursive: true })).sort(), ['link', 'sub dir', 'sub dir/x']);
        assert.equal((await stat(join(copy, 'sub dir', 'x'))).mode & 0o777, 0o755);
      });

      test('fails for what is not there, or is a directory', async () => {
        for (const [source, target] of [
          ['nothing', 'one:'],
          ['one:/nothing', '.'],
          ['tree', 'one:/tmp'],
        ] as const) {
          const { code, stderr } = await scp(source, target);
          assert.notEqual(code, 0, source);
          assert.match(stderr, /[Nn]o such file|not a regular file|is a directory/);
        }
      });

      test('sends nothing to a host with another key than the pinned one', async () => {
        const path = join(world.store, 'machines', 'two', 'azdock.json');
        const sidecar = await readFile(path, 'utf8');
        const hostKey = JSON.parse(await world.file('one', 'azdock.json')).hostKey;
        await writeFile(path, JSON.stringify({ ...JSON.parse(sidecar), hostKey }));
        const result = await scp(`one:${folder}/${AWKWARD}`, `two:${folder}/stolen`);
        await writeFile(path, sidecar);
        assert.equal(result.code, 10);
        assert.match(result.stderr, /two answers with another SSH host key than the one pinned for it/);
        assert.equal(await sh('two', `ls ${folder}`), 'tree\n');
      });
    });
  }

  test('--delta sends what has changed', needs('rsync'), async () => {
    const first = await world.run(['scp', '-r', '-d', 'tree/', 'one:/tmp/delta dir/']);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /sub dir\/x/);
    const back = await world.run(['scp', '-r', '-d', '-q', 'one:/tmp/delta dir/', 'delta']);
    assert.deepEqual(back, { code: 0, signal: null, stdout: '', stderr: '' });
    assert.equal(await readFile(join(world.directory, 'delta', 'sub dir', 'x'), 'utf8'), 'x');
  });

  test('--delta without rsync, and between machines, is refused', async () => {
    const nothing = join(world.directory, 'empty');
    await mkdir(nothing);
    const without = await world.run(['scp', '-d', 'tree', 'one:'], { env: { PATH: nothing } });
    assert.equal(without.code, 1);
    assert.match(without.stderr, /^You must have a copy of the rsync binary locally to use the --delta option/);
    const both = await world.run(['scp', '-d', 'one:a', 'two:b']);
    assert.equal(both.code, 2);
  });

  test('where there is neither scp nor ssh, SFTP and the built-in client do it', async () => {
    const env = { PATH: join(world.directory, 'nowhere') };
    assert.equal((await world.run(['scp', 'one:/etc/hostname', 'name'], { env })).code, 0);
    assert.equal(await readFile(join(world.directory, 'name'), 'utf8'), 'one\n');
    assert.equal((await world.run(['ssh', 'one', 'hostname'], { env })).stdout, 'one\n');
  });

  test('two places are needed, and machines that there are', async () => {
    for (const places of [[], ['a'], ['a', 'b', 'one:c']]) {
      assert.equal((await world.run(['scp', ...places])).code, 2, places.join(' '));
    }
    const { code, stderr } = await world.run(['scp', 'a', 'nope:b']);
    assert.equal(code, 4);
    assert.match(stderr, /^Docker machine "nope" does not exist/);
  });
});
