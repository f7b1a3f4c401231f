import { lstatSync, mkdirSync } from 'node:fs';
import { StoreError } from '../../errors/store-error.ts';
import { errorCode, fileFailure } from '../../store/file-failure.ts';

/** Whether it is a directory, no link to one, that nobody but this user may use. */
export function isOwnDirectory(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}

/**
 * Refuses a directory in which somebody else could have put something: in `/tmp` anybody may take any name, also for a link.
 * One that is not there is fine.
 * @throws StoreError
 */
export function requireOwnDirectory(path: string): void {
  if (isOwnDirectory(path) || lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new StoreError(`${path} is not a directory that belongs to you alone, so azdock keeps no socket there.`, {
    resource: path,
  });
}

/** Makes it, mode 0700, unless it is there. @throws StoreError as {@link requireOwnDirectory}, or when it cannot be made */
export function makeOwnDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileFailure(error, 'create', path);
  }
  requireOwnDirectory(path);
}
