import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { LockedError } from '../errors/locked-error.ts';
import { type Clock, DeadlineError, StopWaiting, waitUntil } from '../wait/wait-until.ts';
import { fileFailure } from './file-failure.ts';
import { dropLock, type HeldLock, type LockHolder, REFRESH_INTERVAL_MS, takeLock } from './lock-file.ts';
import { makePrivateDirectory } from './private-directory.ts';

/** How long to wait for a lock that somebody holds. */
export interface LockWait {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Called once when the lock is not free, so that the user can be told what is awaited. */
  readonly onWait?: (holder: LockHolder) => void;
}

/** Locks between processes. They are not re-entrant: to ask twice in one process means to wait for oneself. */
export interface Locks {
  /**
   * Runs `work` while holding the lock at `path`. `what` names what it protects: "machine dev".
   * @throws LockedError when the lock is not free in time; StoreError; what `work` throws
   */
  withLock<T>(path: string, what: string, wait: LockWait, work: () => Promise<T>): Promise<T>;
}

const POLL_INTERVAL_MS = 100;

export function createLocks(clock: Clock): Locks {
  const held = new Set<HeldLock>();
  const dropAll = () => {
    for (const { path } of held) rmSync(path, { force: true });
  };

  return {
    async withLock(path, what, wait, work) {
      const lock = await take(path, what, wait, clock);
      // One listener, however many locks: `process.exit` in the middle of the work must not leave them behind.
      if (held.size === 0) process.on('exit', dropAll);
      held.add(lock);
      const refreshing = setInterval(() => lock.refresh().catch(() => {}), REFRESH_INTERVAL_MS).unref();
      try {
        return await work();
      } finally {
        clearInterval(refreshing);
        held.delete(lock);
        if (held.size === 0) process.off('exit', dropAll);
        await dropLock(lock).catch((error: unknown) => {
          throw fileFailure(error, 'remove', path);
        });
      }
    },
  };
}

async function take(path: string, what: string, wait: LockWait, clock: Clock): Promise<HeldLock> {
  let holder: LockHolder | undefined;
  await makePrivateDirectory(dirname(path));
  const { deadlineMs, signal, onWait } = wait;
  try {
    return await waitUntil(
      { what: `the lock on ${what}`, deadlineMs, intervalMs: POLL_INTERVAL_MS, clock, ...(signal ? { signal } : {}) },
      async () => {
        const taken = await takeLock(path).catch((error: unknown) => {
          throw new StopWaiting(fileFailure(error, 'lock', path));
        });
        if ('lock' in taken) return taken.lock;
        if (holder === undefined) onWait?.(taken.holder);
        holder = taken.holder;
        throw new Error(`process ${holder.pid} holds it`);
      },
    );
  } catch (error) {
    if (!(error instanceof DeadlineError) || holder === undefined) throw error;
    throw lockedError(path, what, holder);
  }
}

function lockedError(path: string, what: string, holder: LockHolder): LockedError {
  const computer = holder.host.split(' ', 1)[0];
  return new LockedError(
    `Another azdock is at work on ${what}: process ${holder.pid} on ${computer}, since ${holder.since}. Try again when it is done.`,
    { resource: path, details: [`If that process is gone for good, remove ${path}.`] },
  );
}
