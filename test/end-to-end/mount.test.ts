import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';

const fuse = { what: 'FUSE', met: canUse('/dev/fuse') };

suite('mount', needs(...linuxGuests, 'ssh'), () => {
  let world: World;
  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', '--azure-provisioner', 'cloud-init', 'box']);
    await world.ok(['ssh', 'box', "mkdir '/tmp/dir one'; echo hi > '/tmp/dir one/file'"]);
  });
  after(() => world?.destroy());

  test(
    'mounts a directory for reading and writing, and takes it back',
    needs('sshfs', 'fusermount', fuse),
    async () => {
      const here = join(world.directory, 'here, now');
      await mkdir(here);
      await world.ok(['mount', 'box:/tmp/dir one', here]);
      try {
        assert.equal(await readFile(join(here, 'file'), 'utf8'), 'hi\n');
        await writeFile(join(here, 'new'), 'from here');
        assert.equal(await world.ok(['ssh', 'box', "cat '/tmp/dir one/new'"]), 'from here');
      } finally {
        await world.ok(['mount', '-u', 'box:/tmp/dir one', here]);
      }
      assert.deepEqual(await readdir(here), []);
    },
  );

  test('a directory that the machine does not have is not mounted', needs('sshfs', fuse), async () => {
    const here = join(world.directory, 'empty');
    await mkdir(here);
    const { code, stderr } = await world.run(['mount', 'box:/nothing', here]);
    assert.equal(code, 1);
    assert.match(stderr, /No such file or directory/);
  });

  test('what is missing is named: sshfs, fusermount, the mount point, the machine, the source', async () => {
    const env = { PATH: join(world.directory, 'nowhere') };
    const says = async (args: readonly string[], code: number, text: RegExp, options = {}) => {
      const result = await world.run(['mount', ...args], options);
      assert.deepEqual({ code: result.code, stdout: result.stdout }, { code, stdout: '' });
      assert.match(result.stderr, text);
    };
    await says(['box:/tmp', '.'], 1, /^You must have a copy of the sshfs binary locally to use the mount feature/, {
      env,
    });
    await says(['-u', '/tmp'], 1, /^You must have a copy of the fusermount binary locally to use the unmount option/, {
      env,
    });
    await says([], 2, /^mount takes a source and a mount point/);
    await says(['a', 'b', 'c'], 2, /^mount takes a source and a mount point/);
  });

  test(
    'the mount point has to be there, and must not hide the store; without a machine the one called default is meant',
    needs('sshfs'),
    async () => {
      assert.match((await world.run(['mount', '/tmp', '.'])).stderr, /no "default" machine exists/);
      assert.match((await world.run(['mount', 'box:/tmp', 'not/there'])).stderr, /no directory not\/there to mount on/);
      const over = await world.run(['mount', 'box:/tmp', '.']);
      assert.equal(over.code, 2);
      assert.match(over.stderr, /^A mount on \. would hide the keys of the machines/);
    },
  );
});

function canUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
