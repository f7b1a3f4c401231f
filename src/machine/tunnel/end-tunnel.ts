import { AzdockError } from '../../errors/azdock-error.ts';
import { loadMachineSync } from '../../store/load.ts';
import type { MachineContext } from '../machine-context.ts';
import { hasTunnel } from './has-tunnel.ts';

/**
 * Ends the tunnel of a machine that is about to stop, if it has one. What hinders that is told and hinders nothing else.
 * @returns true when there was one
 */
export async function endTunnel(machine: string, context: MachineContext): Promise<boolean> {
  try {
    if (!hasTunnel(loadMachineSync(context.storePath, machine))) return false;
    const { stopTunnel } = await import('./stop-tunnel.ts');
    return await stopTunnel(machine, context);
  } catch (error) {
    context.signal.throwIfAborted();
    // A record that cannot be read is the caller's matter.
    if (!(error instanceof AzdockError)) throw error;
    context.debug?.(`the tunnel of ${machine} is left: ${error.message}`);
    return false;
  }
}
