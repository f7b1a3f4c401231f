import { HostKeyChangedError } from '../errors/host-key-changed-error.ts';
import { SshError } from '../errors/ssh-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { type Clock, DeadlineError, StopWaiting, waitUntil } from '../wait/wait-until.ts';
import { connectSsh, type SshConnection } from './connect.ts';
import type { SshSession } from './session.ts';

/** Pauses between two attempts in milliseconds: short at first, since most hosts are nearly there, then every 3 s. */
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 3_000;

export interface SshWait {
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** The host has booted long ago, so that a key which it refuses now will be refused later. @defaultValue false */
  readonly refusalIsFinal?: boolean;
  /** Called with the reason whenever a login fails. */
  readonly onTry?: (reason: string) => void;
}

/**
 * Tries until a login works. A refused key is tried again too, because a booting host answers before it has made its user.
 *
 * @throws TimeoutError after `deadlineMs`, with the last reason; HostKeyChangedError and an unusable key (SshError) at once; the
 *   signal's reason when aborted
 */
export async function waitForSsh(connection: SshConnection, options: SshWait): Promise<SshSession> {
  const { deadlineMs, clock, refusalIsFinal = false, onTry } = options;
  const { signal } = connection;
  const what = `SSH login as ${connection.user} on ${connection.host} port ${connection.port}`;
  const intervalMs = (failures: number) => Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * failures);
  try {
    return await waitUntil({ what, deadlineMs, intervalMs, clock, signal }, async () => {
      try {
        return await connectSsh(connection);
      } catch (error) {
        if (error instanceof HostKeyChangedError) throw new StopWaiting(error);
        const isRefusal = error instanceof SshError && error.failure === 'authentication';
        if (error instanceof SshError && error.failure === 'key') throw new StopWaiting(error);
        if (isRefusal && refusalIsFinal) throw new StopWaiting(error);
        if (error instanceof Error) onTry?.(error.message);
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    const last = error.cause instanceof Error ? ` ${error.cause.message}.` : '';
    throw new TimeoutError(`${what} did not work within ${Math.round(error.waitedMs / 1000)} s.${last}`, {
      resource: connection.machine ?? connection.host,
      cause: error.cause,
    });
  }
}
