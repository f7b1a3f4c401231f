import { askSocket } from '../../engine/ask-socket.ts';
import { parseVersion } from '../../engine/parse-version.ts';
import { EngineUnreachableError } from '../../errors/engine-unreachable-error.ts';
import type { MachineContext } from '../machine-context.ts';
import { tunnelPlace } from './tunnel-place.ts';
import { tunnelSocket } from './tunnel-state.ts';

/** Asks an engine for its version through the machine's tunnel; undefined when the tunnel is not up. @throws as `askSocket` */
export async function versionThroughTunnel(
  machine: string,
  timeoutMs: number,
  context: MachineContext,
): Promise<string | undefined> {
  const socket = tunnelSocket(tunnelPlace(machine, context));
  try {
    const { signal } = context;
    return parseVersion(await askSocket({ machine, socket, path: '/version', timeoutMs, signal })).version;
  } catch (error) {
    if (error instanceof EngineUnreachableError && error.failure === 'refused') return undefined;
    throw error;
  }
}
