import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, fileFailure } from './file-failure.ts';
import { temporaryName } from './temporary-name.ts';

export interface AtomicWrite {
  /**
   * Permissions of the file afterwards, whatever the umask.
   * @defaultValue those of the file that is replaced, else 0600
   */
  readonly mode?: number;
}

/**
 * Replaces a file so that a reader, or a crash at any moment, sees either the old content or the new: a temporary file
 * beside it (named with a leading dot), written through to the disk, then renamed over it.
 *
 * @throws StoreError
 */
export async function writeFileAtomic(path: string, data: string | Buffer, options: AtomicWrite = {}): Promise<void> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    const mode = options.mode ?? (await modeOf(path)) ?? 0o600;
    await writeNew(temporary, data, mode);
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw fileFailure(error, 'write', path);
  }
}

/** Makes the entries of a directory durable: without it, a rename may be lost in a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call on directories; its file systems journal renames.
  if (process.platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems cannot sync directories.
    if (errorCode(error) !== 'EINVAL' && errorCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle?.close();
  }
}

async function writeNew(path: string, data: string | Buffer, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    await handle.chmod(mode);
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
