import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { connectSsh } from '../../src/ssh/connect.ts';
import { copyTree } from '../../src/ssh/copy/copy-tree.ts';
import type { FileSide } from '../../src/ssh/copy/file-side.ts';
import { localSide } from '../../src/ssh/copy/local-side.ts';
import { sftpSide } from '../../src/ssh/copy/sftp-side.ts';
import type { SshSession } from '../../src/ssh/session.ts';
import { needs } from '../skip.ts';
import { prepareSshd, type TestSshd } from './sshd.ts';

const { signal } = new AbortController();

/** Larger than all chunks that are on their way at once, and no multiple of one. */
const BIG = Buffer.alloc(2_500_001, 'azdock ');

/** What every pair of sides has to do alike. */
function contract(title: string, sides: () => { from: FileSide; to: FileSide }): void {
  suite(title, () => {
    let folder: string;
    const at = (...names: string[]) => join(folder, ...names);
    const copy = (from: string, to: string, recursive = false) => {
      const { from: source, to: target } = sides();
      const onFile = () => {};
      return copyTree({
        from: { side: source, path: at(from) },
        to: { side: target, path: at(to) },
        recursive,
        onFile,
        signal,
      });
    };

    beforeEach(async (context) => {
      folder = await mkdtemp(join(tmpdir(), 'azdock-copy-'));
      if ('after' in context) context.after(() => rm(folder, { recursive: true, force: true }));
    });

    test('a file keeps its bytes and, where it is new, its permissions', async () => {
      await writeFile(at('it’s "a" file'), BIG);
      await chmod(at('it’s "a" file'), 0o750);
      assert.deepEqual(await copy('it’s "a" file', 'to'), []);
      assert.ok((await readFile(at('to'))).equals(BIG));
      assert.equal((await stat(at('to'))).mode & 0o777, 0o750);
    });

    test('a longer file that is there is replaced, an empty one is made, and a directory takes the file in', async () => {
      await writeFile(at('empty'), '');
      await writeFile(at('old'), 'long content');
      await mkdir(at('folder'));
      assert.deepEqual(
        [await copy('empty', 'old'), await copy('empty', 'new'), await copy('old', 'folder')],
        [[], [], []],
      );
      for (const name of ['old', 'new', 'folder/old']) assert.equal(await readFile(at(name), 'utf8'), '', name);
    });

    test('a file whose size the system does not tell is copied to its end', async () => {
      const { from, to } = sides();
      const places = { from: { side: from, path: '/proc/self/mounts' }, to: { side: to, path: at('mounts') } };
      assert.deepEqual(await copyTree({ ...places, recursive: false, onFile: () => {}, signal }), []);
      assert.notEqual((await stat(at('mounts'))).size, 0);
    });

    test('a directory comes with all that is in it, links to files as files; what cannot come is named', async () => {
      await mkdir(at('tree', 'sub dir'), { recursive: true });
      await writeFile(at('tree', 'sub dir', 'x'), 'x');
      await symlink('sub dir/x', at('tree', 'link'));
      await symlink('sub dir', at('tree', 'way'));
      await symlink('/nowhere', at('tree', 'lost'));
      await chmod(at('tree', 'sub dir'), 0o500);
      const skipped = await copy('tree', 'new', true);
      await chmod(at('tree', 'sub dir'), 0o700);
      assert.deepEqual(
        skipped.sort((a, b) => a.path.localeCompare(b.path)),
        [
          { path: at('tree', 'lost'), why: 'it is a link that leads nowhere' },
          { path: at('tree', 'way'), why: 'it is a link to a directory' },
        ],
      );
      assert.deepEqual((await readdir(at('new'), { recursive: true })).sort(), ['link', 'sub dir', 'sub dir/x']);
      assert.ok((await lstat(at('new', 'link'))).isFile());
      assert.equal((await stat(at('new', 'sub dir'))).mode & 0o777, 0o500);
      await chmod(at('new', 'sub dir'), 0o700);
    });

    test('a directory without --recursive, and what is not there, are left out with the reason', async () => {
      await mkdir(at('tree'));
      assert.match((await copy('tree', 'new'))[0]?.why ?? '', /--recursive/);
      assert.match((await copy('nothing', 'new', true))[0]?.why ?? '', /no such file/);
      assert.deepEqual(await readdir(folder), ['tree']);
    });

    test('a target in a directory that is not there is no silent success', async () => {
      await writeFile(at('x'), 'x');
      assert.equal((await copy('x', 'no/such/x')).length, 1);
    });
  });
}

suite('copying', needs('sshd', 'ssh-keygen'), () => {
  let sshd: TestSshd;
  let session: SshSession;
  let remote: FileSide;
  let other: FileSide;
  let ended: PromiseWithResolvers<void>;
  const local = localSide('/');

  before(async () => {
    sshd = await prepareSshd(['ed25519']);
    await sshd.start();
    session = await connectSsh({ ...sshd, hostKey: undefined, signal });
    ended = Promise.withResolvers<void>();
    const open = () =>
      new Promise<FileSide>((resolve, reject) => {
        session
          .withSftp(async (sftp) => {
            resolve(sftpSide(sftp));
            await ended.promise;
          })
          .catch(reject);
      });
    [remote, other] = [await open(), await open()];
  });
  after(async () => {
    ended?.resolve();
    session?.close();
    await sshd?.close();
  });

  contract('on this computer', () => ({ from: local, to: local }));
  contract('to a host', () => ({ from: local, to: remote }));
  contract('from a host', () => ({ from: remote, to: local }));
  contract('between hosts', () => ({ from: remote, to: other }));

  test('nothing is copied onto or into itself', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'azdock-copy-'));
    context.after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'x'), 'precious');
    const copy = (from: string, to: string) =>
      copyTree({
        from: { side: local, path: join(folder, from) },
        to: { side: local, path: join(folder, to) },
        recursive: true,
        onFile: () => {},
        signal,
      });
    assert.match((await copy('x', 'x'))[0]?.why ?? '', /same file/);
    assert.match((await copy('', 'inner'))[0]?.why ?? '', /the copy itself/);
    assert.equal(await readFile(join(folder, 'x'), 'utf8'), 'precious');
    assert.deepEqual(await readdir(join(folder, 'inner')), ['x']);
  });
});
