import { type FileHandle, link, lstat, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { errorCode } from './file-failure.ts';
import { fateOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { uniqueMark } from './temporary-name.ts';

/** What a lock file says about the process that holds it. */
export interface LockHolder extends ProcessIdentity {
  /** ISO 8601, by the holder's clock. */
  readonly since: string;
  /** Tells this lock from every other that was or will be at the same path. */
  readonly nonce: string;
}

/** A lock file that this process holds. */
export interface HeldLock {
  readonly path: string;
  readonly holder: LockHolder;
  /** Shows processes that cannot see this one, on other computers or in other containers, that it still lives. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** How often a holder refreshes its lock file. */
export const REFRESH_INTERVAL_MS = 10_000;
/** A lock whose holder cannot be looked at counts as left behind after so long without a refresh. */
export const LEASE_MS = 60_000;

/**
 * Takes the lock at `path` if it is free or if its holder is dead.
 *
 * @returns the lock, or the living holder
 */
export async function takeLock(path: string): Promise<{ lock: HeldLock } | { holder: LockHolder }> {
  const own = {
    ...ownIdentity(),
    since: new Date().toISOString(),
    nonce: uniqueMark(),
  };
  const text = JSON.stringify(own);
  const temporary = `${path}.${own.nonce}.new`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    // Whatever the umask: others of this user's have to see who holds it.
    await handle.chmod(0o600);
    await handle.writeFile(text);
    const holder = await place(temporary, path);
    if (holder !== undefined) {
      await handle.close();
      return { holder };
    }
    return { lock: heldLock(path, own, handle, text) };
  } catch (error) {
    await handle.close();
    throw error;
  } finally {
    await unlinkIfPresent(temporary);
  }
}

/** Removes a lock file that this process holds, unless somebody had reason to take it over. */
export async function dropLock(lock: HeldLock): Promise<void> {
  await lock.close();
  if ((await readHolder(lock.path))?.nonce === lock.holder.nonce) await unlinkIfPresent(lock.path);
}

/**
 * Puts `temporary`, which names us as the holder, at `path`. A hard link appears there whole or not at all.
 *
 * To take over from the dead, a process first takes a lock named after the very lock that it wants to replace. As long as it has that,
 * nobody else can replace it, and one who comes later finds another nonce at `path` and starts anew. The lock that guards is
 * of the same kind, so that a death in the middle of a takeover is itself survived, and as many of them as there may be: the names
 * of guards do not get longer.
 *
 * @returns the living holder, or undefined when the lock is ours
 */
async function place(temporary: string, path: string, first = path): Promise<LockHolder | undefined> {
  for (;;) {
    if (await isLinked(temporary, path)) return undefined;
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (!(await isLeftBehind(holder, path, temporary))) return holder;
    const guard = holder === NOBODY ? `${path}.${NOBODY.nonce}` : `${first}.${holder.nonce}`;
    if ((await place(temporary, guard, first)) !== undefined) return holder;
    try {
      if ((await readHolder(path))?.nonce !== holder.nonce) continue;
      await linkOver(temporary, path);
      return undefined;
    } finally {
      await unlinkIfPresent(guard);
    }
  }
}

async function isLeftBehind(holder: LockHolder, path: string, temporary: string): Promise<boolean> {
  const fate = holder.pid === 0 ? 'dead' : fateOf(holder);
  if (fate !== 'unknown') return fate === 'dead';
  try {
    // Both times are the file server's, so that clocks of different computers do not matter. One from the future is of a time when that
    // clock was wrong: a living holder would have refreshed it since.
    const [theirs, ours] = await Promise.all([stat(path), stat(temporary)]);
    return Math.abs(ours.mtimeMs - theirs.mtimeMs) > LEASE_MS;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function isLinked(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Like a hard link, but replaces what is at `path`. `temporary` stays, since further locks may be taken with it. */
async function linkOver(temporary: string, path: string): Promise<void> {
  const copy = `${temporary}.copy`;
  await link(temporary, copy);
  await rename(copy, path);
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    // A link or a pipe is no lock of anybody's, and reading it could lead anywhere or never end.
    if (!(await lstat(path)).isFile()) return NOBODY;
    return parseHolder(await readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const NOBODY: LockHolder = { pid: 0, startTime: undefined, host: '', since: '', nonce: 'broken' };

/** A file that names no holder was cut short by a crash of the computer: nobody (pid 0) holds it. */
export function parseHolder(text: string): LockHolder {
  try {
    const found = JSON.parse(text) as LockHolder;
    if (Number.isInteger(found.pid) && typeof found.host === 'string' && /^[\w-]+$/.test(found.nonce)) return found;
  } catch {
    // Falls through to the holder that is nobody.
  }
  return NOBODY;
}

function heldLock(path: string, holder: LockHolder, handle: FileHandle, text: string): HeldLock {
  return {
    path,
    holder,
    // Through the handle: even if the lock was taken over, only our own file is touched.
    async refresh() {
      await handle.write(text, 0);
    },
    close: () => handle.close(),
  };
}

async function unlinkIfPresent(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}
