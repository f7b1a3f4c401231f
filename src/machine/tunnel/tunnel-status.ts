import { askSocket } from '../../engine/ask-socket.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { loadMachineSync } from '../../store/load.ts';
import type { MachineContext } from '../machine-context.ts';
import { ANSWER_TIMEOUT_MS } from './ensure-tunnel.ts';
import { requireTunnel } from './has-tunnel.ts';
import { isListening } from './is-listening.ts';
import { tunnelPlace } from './tunnel-place.ts';
import { readTunnelState } from './tunnel-state.ts';

/** How a machine's tunnel is. */
export interface TunnelStatus {
  readonly name: string;
  /** `broken`: there is a process that keeps it, but the engine does not answer through it. */
  readonly state: 'up' | 'broken' | 'down';
  /** `unix:///…` */
  readonly url: string;
  /** Of the process that keeps it; null when it is down. */
  readonly pid: number | null;
  /** ISO 8601; null when it is down. */
  readonly since: string | null;
  /** Why it is broken. */
  readonly problem: string | null;
  /** What has happened to it. */
  readonly log: string;
}

/** Nothing is started or ended. @throws MachineNotFoundError, RecordError; UsageError for a machine without a tunnel */
export async function tunnelStatus(name: string, context: MachineContext): Promise<TunnelStatus> {
  requireTunnel(loadMachineSync(context.storePath, name));
  const place = tunnelPlace(name, context);
  const state = readTunnelState(place);
  const socket = state?.socket ?? place.socket;
  const { log } = place;
  const url = `unix://${socket}`;
  if (state === undefined || !(await isListening(socket)))
    return { name, state: 'down', url, pid: null, since: null, problem: null, log };
  const problem = await problemOf(name, socket, context);
  const { pid, since } = state;
  return { name, state: problem === null ? 'up' : 'broken', url, pid, since, problem, log };
}

async function problemOf(machine: string, socket: string, { signal }: MachineContext): Promise<string | null> {
  try {
    await askSocket({ machine, socket, path: '/_ping', timeoutMs: ANSWER_TIMEOUT_MS, signal });
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AzdockError) return error.message;
    throw error;
  }
}
