import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { StoreError } from '../errors/store-error.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { lookAt } from './system-commands.ts';

/**
 * Refuses a place of the store that a symbolic link puts elsewhere: what is written or deleted there would be somebody else's. That
 * the store's root is a link, or lies below one, is the user's wish.
 *
 * @throws StoreError
 */
export async function requireOwnPlace(root: string, path: string): Promise<void> {
  const away = await leadsAway(root, path);
  if (away !== undefined) throw away;
}

/** As {@link requireOwnPlace}. @returns what is wrong with the place; undefined for a good one, and for one that is not there yet */
export async function leadsAway(root: string, path: string): Promise<StoreError | undefined> {
  const [home, real] = await Promise.all([existing(root, dirname(root)), existing(path, root)]);
  if (home === undefined || real === undefined || real === home || real.startsWith(home + sep)) return undefined;
  return new StoreError(
    `${path} is, or lies behind, a symbolic link that leads out of the store, to ${real}. azdock writes and deletes nothing there.`,
    { resource: path, nextSteps: lookAt(path) },
  );
}

/** The real path of what exists of `path`, not higher than `top`. */
async function existing(path: string, top: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure(error, 'read', path);
    return path === top || dirname(path) === path ? undefined : existing(dirname(path), top);
  }
}
