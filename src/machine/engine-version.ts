import { createVersionQuery } from '../engine/version.ts';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { clientFiles } from './client-files.ts';
import { endpointOf } from './endpoint.ts';
import { explainSilence } from './explain-silence.ts';
import type { MachineContext } from './machine-context.ts';

/** As long as docker-machine waits (docker/machine:libmachine/mcndockerclient). */
const TIMEOUT_MS = 30_000;

/**
 * The version of a machine's engine, such as `28.2.2`, asked over mutual TLS or through its tunnel, which is put up if need be.
 * @throws EngineUnreachableError saying why, with Azure's view of the VM where that explains it; as `endpointOf`
 */
export async function engineVersionOf(name: string, context: MachineContext): Promise<string> {
  const { record, host, port, socket } = await endpointOf(name, context);
  const credentials = () => clientFiles(context.storePath, record).read();
  const { signal } = context;
  try {
    if (socket !== undefined) return await throughTunnel(name, context);
    return await createVersionQuery()({ host, port, machine: name, credentials, timeoutMs: TIMEOUT_MS, signal });
  } catch (error) {
    throw error instanceof EngineUnreachableError ? await explainSilence(error, name, context) : error;
  }
}

async function throughTunnel(machine: string, context: MachineContext): Promise<string> {
  const [{ ensureTunnel }, { askSocket }, { parseVersion }] = await Promise.all([
    import('./tunnel/ensure-tunnel.ts'),
    import('../engine/ask-socket.ts'),
    import('../engine/parse-version.ts'),
  ]);
  const socket = await ensureTunnel(machine, context);
  const { signal } = context;
  return parseVersion(await askSocket({ machine, socket, path: '/version', timeoutMs: TIMEOUT_MS, signal })).version;
}
