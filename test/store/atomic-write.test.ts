import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StoreError } from '../../src/errors/store-error.ts';
import { writeFileAtomic } from '../../src/store/atomic-write.ts';
import { needs } from '../skip.ts';
import { temporaryRoot } from './store-fixture.ts';

const run = promisify(execFile);
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('a file is made with the wanted mode, whatever the umask', async (t) => {
  const root = await temporaryRoot(t);
  for (const umask of [0o000, 0o077, 0o777]) {
    const before = process.umask(umask);
    t.after(() => process.umask(before));
    for (const mode of [0o600, 0o644]) {
      const file = join(root, `${umask}-${mode}`);
      await writeFileAtomic(file, 'text', { mode });
      assert.equal(await modeOf(file), mode);
    }
    process.umask(before);
  }
});

test('without a wanted mode a file keeps the one it has, and a new one is private', async (t) => {
  const root = await temporaryRoot(t);
  const file = join(root, 'file');
  await writeFileAtomic(file, 'one');
  assert.equal(await modeOf(file), 0o600);
  await chmod(file, 0o640);
  await writeFileAtomic(file, 'two');
  assert.equal(await modeOf(file), 0o640);
  assert.equal(await readFile(file, 'utf8'), 'two');
});

test('a reader sees the old content or the new, never less', async (t) => {
  const file = join(await temporaryRoot(t), 'file');
  const content = (letter: string) => letter.repeat(300_000);
  await writeFileAtomic(file, content('a'));
  let done = false;
  const writing = (async () => {
    for (const letter of 'bcdefgh') await writeFileAtomic(file, content(letter));
    done = true;
  })();
  while (!done) {
    const seen = await readFile(file, 'utf8');
    assert.equal(seen, content(seen.charAt(0)));
  }
  await writing;
});

test('a failure says what, where and why, and leaves nothing behind', async (t) => {
  const root = await temporaryRoot(t);
  await mkdir(join(root, 'directory', 'full'), { recursive: true });
  await writeFile(join(root, 'file'), '');
  const cases: [string, RegExp][] = [
    [join(root, 'missing', 'file'), /^Cannot write .*: it does not exist \(ENOENT\)\.$/],
    [join(root, 'file', 'below'), /a part of its path is a file, not a directory \(ENOTDIR\)/],
    [join(root, 'directory'), /it is a directory \(EISDIR\)/],
  ];
  for (const [path, why] of cases) {
    await assert.rejects(writeFileAtomic(path, 'text'), (error) => {
      assert.ok(error instanceof StoreError);
      assert.match(error.message, why);
      assert.equal(error.resource, path);
      return true;
    });
  }
  assert.deepEqual((await readdir(root)).sort(), ['directory', 'file']);
});

test('a full disk leaves the old content in place', needs('unshare', 'mount', rootOnLinux()), async (t) => {
  const root = await temporaryRoot(t);
  const program = fileURLToPath(new URL('full-disk-program.ts', import.meta.url));
  const script = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" "$3" "$1"';
  const { stdout } = await run('unshare', ['-m', 'sh', '-c', script, 'sh', root, process.execPath, program]);
  assert.deepEqual(JSON.parse(stdout), {
    message: `Cannot write ${join(root, 'file')}: the disk is full (ENOSPC).`,
    content: 'old',
    files: ['file'],
  });
});

function rootOnLinux() {
  return { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 };
}
