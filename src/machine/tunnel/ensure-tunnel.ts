import { askSocket } from '../../engine/ask-socket.ts';
import type { AzdockError } from '../../errors/azdock-error.ts';
import { EngineUnreachableError } from '../../errors/engine-unreachable-error.ts';
import { HostKeyChangedError } from '../../errors/host-key-changed-error.ts';
import type { MachineContext, TunnelFailure } from '../machine-context.ts';
import { requireSockets } from './require-sockets.ts';
import { tunnelPlace } from './tunnel-place.ts';
import { tunnelSocket } from './tunnel-state.ts';
import { unreachable } from './unreachable.ts';

/** How long an engine may take to answer when the tunnel has to connect anew, in milliseconds: its own patience, and some. */
export const ANSWER_TIMEOUT_MS = 40_000;

/**
 * Makes sure that a machine's tunnel is up and that its engine answers through it.
 *
 * @returns path of the socket
 * @throws EngineUnreachableError saying why, HostKeyChangedError, UnsupportedError; the signal's reason
 */
export async function ensureTunnel(machine: string, context: MachineContext): Promise<string> {
  requireSockets();
  const place = tunnelPlace(machine, context);
  const { signal } = context;
  const ask = async () => {
    const socket = tunnelSocket(place);
    await askSocket({ machine, socket, path: '/_ping', timeoutMs: ANSWER_TIMEOUT_MS, signal });
    return socket;
  };
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof EngineUnreachableError) || error.failure !== 'refused') throw error;
  }
  const failure = await context.startTunnel(machine);
  if (failure !== undefined) throw notOpened(machine, failure);
  return ask();
}

/** What the process that was to keep the tunnel said at its end. */
function notOpened(machine: string, { code, message, details, nextSteps }: TunnelFailure): AzdockError {
  const facts = { details, nextSteps, resource: machine };
  if (code === 'host-key-changed') return new HostKeyChangedError(message, facts);
  return new EngineUnreachableError(unreachable(machine, { code, message }), { ...facts, failure: 'unreachable' });
}
