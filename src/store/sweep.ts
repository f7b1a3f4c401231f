import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTemporaryName } from './temporary-name.ts';

/** A write takes milliseconds. What is older was left behind, whoever made it. */
const OLD_MS = 3_600_000;

/** What may stand beside a lock: `x.lock.MARK.new`, from which it is linked, and `x.lock.MARK`, which guards a takeover. */
const BESIDE_LOCK = /\.lock\.([\w-]+)(\.new)?(\.copy)?$/;

/** True when the file, whose name says so much, can go. */
type Judge = (name: string) => { readonly isLeftBehind: boolean } | undefined;

/**
 * Removes from a directory of the store what killed processes have left of their writes. What cannot be removed now, another
 * time will be.
 */
export async function sweepDirectory(directory: string): Promise<void> {
  await removeAll(await leftInDirectory(directory));
}

/** The same for the directory of the locks. Locks themselves stay: whoever needs one takes it over. */
export async function sweepLocks(directory: string): Promise<void> {
  await removeAll(await leftInLocks(directory));
}

/** Paths of what a sweep of the directory would remove. Empty for a directory that cannot be read. */
export function leftInDirectory(directory: string): Promise<readonly string[]> {
  return find(directory, parseTemporaryName);
}

/** The same of the directory of the locks. */
export function leftInLocks(directory: string): Promise<readonly string[]> {
  return find(directory, (name) => {
    const [, mark, isNew] = BESIDE_LOCK.exec(name) ?? [];
    if (mark === undefined) return undefined;
    // The mark of a guard is not its maker's.
    return isNew === undefined ? { isLeftBehind: false } : parseTemporaryName(`.lock~${mark}`);
  });
}

async function removeAll(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(path, { recursive: true, force: true }).catch(() => {})));
}

async function find(directory: string, judge: Judge): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const made = judge(name);
      if (made === undefined) return [];
      const path = join(directory, name);
      return made.isLeftBehind || (await isOld(path)) ? [path] : [];
    }),
  );
  return found.flat();
}

async function isOld(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > OLD_MS,
    () => false,
  );
}
