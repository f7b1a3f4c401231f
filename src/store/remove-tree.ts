import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './file-failure.ts';

/**
 * Removes a directory with all that is in it, or whatever else is there; of a symbolic link the link alone. Directories of this user's
 * that nobody may write to are no hindrance. No error when there is nothing.
 *
 * @throws Error of the system
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') throw error;
    await openUp(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function openUp(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  await Promise.all((await readdir(path)).map((entry) => openUp(join(path, entry))));
}
