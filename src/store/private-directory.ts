import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileFailure } from './file-failure.ts';

/**
 * Makes a directory and those above it, each with mode 0700 whatever the umask. What is there stays as it is.
 *
 * @throws StoreError
 */
export async function makePrivateDirectory(path: string): Promise<void> {
  try {
    await ensure(path);
  } catch (error) {
    throw fileFailure(error, 'create', path);
  }
}

/** One level after the other: with a strict umask nobody but root could go on below what `recursive` has made. */
async function ensure(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    // What systems say of a directory that is there differs: EEXIST, but EPERM for a drive, EROFS where nothing can be written.
    if (await isDirectory(path)) return;
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await ensure(dirname(path));
    return ensure(path);
  }
  await chmod(path, 0o700);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
