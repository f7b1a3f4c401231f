import { HostKeyChangedError } from '../../errors/host-key-changed-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { ProvisionError } from '../../errors/provision-error.ts';
import { SshError } from '../../errors/ssh-error.ts';
import { asRoot } from '../../ssh/command.ts';
import type { SshSession } from '../../ssh/session.ts';
import { type Clock, DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';

/** How a host is reached over SSH. */
export interface HostAccess {
  /** Logs in; tries for a while when the host does not answer. @throws SshError, TimeoutError, HostKeyChangedError */
  openSsh(signal: AbortSignal): Promise<SshSession>;
  readonly clock: Clock;
}

/** How long a host may take to go down: services have 90 seconds to end (systemd-system.conf(5), DefaultTimeoutStopSec). */
const DOWN_DEADLINE_MS = 180_000;
/** Pause between two looks whether it is another boot. */
const LOOK_MS = 1_000;
/** Another for each boot (Linux, Documentation/admin-guide/sysctl/kernel.rst, "random"). */
const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id';

/**
 * Reboots a host over SSH, with docker-machine's command (docker/machine:drivers/generic), and waits until it lets us in again
 * after another boot: right after the command it still answers.
 *
 * @throws ProvisionError when the host refuses; TimeoutError when it stays up, or does not come back; SshError
 */
export async function restartHost(host: string, access: HostAccess, signal: AbortSignal): Promise<void> {
  const { clock } = access;
  const before = await inSession(access, signal, async (session) => {
    const bootId = await bootIdOf(session, signal);
    await shutDown(host, session, signal);
    return bootId;
  });
  const what = `the restart of ${host}`;
  try {
    await waitUntil({ what, deadlineMs: DOWN_DEADLINE_MS, intervalMs: LOOK_MS, clock, signal }, async () => {
      const now = await inSession(access, signal, (session) => bootIdOf(session, signal)).catch((error: unknown) => {
        throw error instanceof HostKeyChangedError ? new StopWaiting(error) : error;
      });
      if (now === before) throw new Error('it has not gone down yet');
    });
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new TimeoutError(`${host} did not restart within ${Math.round(error.waitedMs / 1000)} s.`, {
      resource: host,
      cause: error.cause,
    });
  }
}

async function inSession<T>(
  { openSsh }: HostAccess,
  signal: AbortSignal,
  use: (session: SshSession) => Promise<T>,
): Promise<T> {
  const session = await openSsh(signal);
  try {
    return await use(session);
  } finally {
    session.close();
  }
}

async function bootIdOf(session: SshSession, signal: AbortSignal): Promise<string> {
  return (await session.exec(BOOT_ID, { signal })).stdout.trim();
}

async function shutDown(host: string, session: SshSession, signal: AbortSignal): Promise<void> {
  const command = asRoot(session.user, ['shutdown', '-r', 'now']);
  // A host that goes down at once takes the connection along.
  const result = await session.exec(command, { signal }).catch((error: unknown) => {
    if (error instanceof SshError && error.failure === 'closed') return undefined;
    throw error;
  });
  if (result === undefined || result.code === 0 || result.signal !== undefined) return;
  throw new ProvisionError(`${host} does not restart: ${result.stderr.trim() || `status ${result.code}`}.`, {
    resource: host,
  });
}
