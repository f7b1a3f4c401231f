import { rmSync } from 'node:fs';
import { errorCode } from '../../store/file-failure.ts';
import { createLocks } from '../../store/locks.ts';
import { fateOf } from '../../store/process-identity.ts';
import { DeadlineError, waitUntil } from '../../wait/wait-until.ts';
import { LockedError } from '../../errors/locked-error.ts';
import type { MachineContext } from '../machine-context.ts';
import { isListening } from './is-listening.ts';
import { tunnelPlace } from './tunnel-place.ts';
import { readTunnelState, type TunnelState } from './tunnel-state.ts';

/** How long a tunnel that is just beginning may take to do so, in milliseconds. */
const LOCK_DEADLINE_MS = 60_000;
/** How long its process may take to end before it is made to. */
const END_DEADLINE_MS = 5_000;
const INTERVAL_MS = 20;

/**
 * Ends a machine's tunnel, and returns when its process has ended. Clients that are connected through it are cut off.
 *
 * @returns false when there was none
 * @throws LockedError when it is kept by another computer, or does not end
 */
export async function stopTunnel(machine: string, context: MachineContext): Promise<boolean> {
  const place = tunnelPlace(machine, context);
  const { signal, clock } = context;
  const wait = { deadlineMs: LOCK_DEADLINE_MS, signal };
  return createLocks(clock).withLock(place.lock, `the tunnel of ${machine}`, wait, async () => {
    const state = readTunnelState(place);
    if (state === undefined) return false;
    // Without a listener the number may be another process's by now.
    const isUp = await isListening(state.socket);
    if (isUp) await end(machine, state, context);
    rmSync(state.socket, { force: true });
    rmSync(place.state, { force: true });
    return isUp;
  });
}

async function end(machine: string, state: TunnelState, { clock }: MachineContext): Promise<void> {
  if (fateOf(state) === 'unknown') throw outOfReach(machine, state);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    kill(state.pid, signal);
    const wait = { what: 'its end', deadlineMs: END_DEADLINE_MS, intervalMs: INTERVAL_MS, clock };
    const hasEnded = await waitUntil(wait, async () => {
      if (fateOf(state) !== 'dead') throw new Error('it lives');
    }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DeadlineError) return false;
        throw error;
      },
    );
    if (hasEnded) return;
  }
  throw outOfReach(machine, state);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended by itself meanwhile.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function outOfReach(machine: string, { pid, host }: TunnelState): LockedError {
  const computer = host.split(' ', 1)[0];
  return new LockedError(
    `Process ${pid} on ${computer} keeps the tunnel of ${machine} and cannot be ended from here.`,
    {
      resource: machine,
    },
  );
}
