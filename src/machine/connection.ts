import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { dialEngine } from '../engine/dial.ts';
import type { MachineContext } from './machine-context.ts';
import { clientFiles, type ClientFiles } from './client-files.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { explainSilence } from './explain-silence.ts';

/** How long `env` and `config` wait for the engine, as docker-machine does (docker/machine:libmachine/cert/cert.go). */
const DIAL_TIMEOUT_MS = 20_000;

/** What a Docker client needs to reach a machine. */
export interface Connection extends Endpoint {
  readonly name: string;
  /** The client's certificate and what belongs to it; undefined for a machine with a tunnel, where SSH has seen to both sides. */
  readonly files: ClientFiles | undefined;
}

/**
 * The machine's engine, after it has answered over mutual TLS or through its tunnel, which is put up if need be.
 * @throws EngineUnreachableError saying why, with Azure's view of the VM where that explains it; HostKeyChangedError; as `endpointOf`
 */
export async function connectionOf(name: string, context: MachineContext): Promise<Connection> {
  const endpoint = await endpointOf(name, context);
  try {
    if (endpoint.socket === undefined) return { ...endpoint, name, files: await dialed(name, endpoint, context) };
    const { ensureTunnel } = await import('./tunnel/ensure-tunnel.ts');
    const socket = await ensureTunnel(name, context);
    return { ...endpoint, name, socket, url: `unix://${socket}`, files: undefined };
  } catch (error) {
    throw error instanceof EngineUnreachableError ? await explainSilence(error, name, context) : error;
  }
}

async function dialed(name: string, { record, host, port }: Endpoint, context: MachineContext): Promise<ClientFiles> {
  const files = clientFiles(context.storePath, record);
  const { ca, cert, key } = files.read();
  await dialEngine({ host, port, ca, cert, key, timeoutMs: DIAL_TIMEOUT_MS, signal: context.signal, machine: name });
  return files;
}
