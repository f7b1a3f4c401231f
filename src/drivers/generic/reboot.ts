import { SshError } from '../../errors/ssh-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { asRoot } from '../../ssh/command.ts';
import type { SshSession } from '../../ssh/session.ts';
import { type Clock, DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import { HostKeyChangedError } from '../../errors/host-key-changed-error.ts';

/** How long a host may take to go down and come up again; servers with much memory check it first. */
const DEADLINE_MS = 900_000;
const INTERVAL_MS = 2_000;

/** random(4): another one after each boot. */
const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id';

export interface Reboot {
  /** The machine's name. */
  readonly machine: string;
  readonly clock: Clock;
  /** Logs in, waiting for the host if need be. */
  openSsh(signal: AbortSignal): Promise<SshSession>;
  readonly signal: AbortSignal;
}

/**
 * Reboots a host over SSH, with docker-machine's command, and waits until it has really booted anew and lets its user log in.
 * @throws SshError when the host refuses; TimeoutError; HostKeyChangedError
 */
export async function reboot({ machine, clock, openSsh, signal }: Reboot): Promise<void> {
  const session = await openSsh(signal);
  let before: string;
  try {
    before = await bootId(session, signal);
    await shutDown(session, machine, signal);
  } finally {
    session.close();
  }
  const what = `the reboot of ${machine}`;
  try {
    await waitUntil({ what, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, clock, signal }, async () => {
      const now = await openSsh(signal).catch((error: unknown) => {
        throw error instanceof HostKeyChangedError ? new StopWaiting(error) : error;
      });
      try {
        if ((await bootId(now, signal)) === before) throw new Error('it has not gone down yet');
      } finally {
        now.close();
      }
    });
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new TimeoutError(
      `${machine} did not come back within ${Math.round(error.waitedMs / 1000)} s of its reboot.`,
      {
        resource: machine,
        cause: error.cause,
      },
    );
  }
}

async function bootId(session: SshSession, signal: AbortSignal): Promise<string> {
  const { code, stdout } = await session.exec(BOOT_ID, { signal });
  const id = stdout.trim();
  if (code === 0 && id !== '') return id;
  throw new SshError(`${session.host} does not tell when it was booted.`, { resource: session.host });
}

/** The connection may end before the command does: that is what was asked for. */
async function shutDown(session: SshSession, machine: string, signal: AbortSignal): Promise<void> {
  const result = await session
    .exec(asRoot(session.user, ['shutdown', '-r', 'now']), { signal })
    .catch((error: unknown) => {
      if (error instanceof SshError && error.failure === 'closed') return undefined;
      throw error;
    });
  if (result === undefined || result.code === 0 || result.code === null) return;
  const said = result.stderr.trim() || `exit status ${result.code}`;
  throw new SshError(`${machine} does not reboot: ${said}`, { resource: machine });
}
