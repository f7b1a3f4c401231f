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
  /** The machine's own directory, which holds ca.pem, cert.pem and key.pem. */
  readonly certPath: string;
  readonly files: ClientFiles;
}

/**
 * The machine's engine, after it has answered over mutual TLS.
 * @throws EngineUnreachableError saying why, with Azure's view of the VM where that explains it; as `endpointOf`
 */
export async function connectionOf(name: string, context: MachineContext): Promise<Connection> {
  const endpoint = await endpointOf(name, context);
  const files = clientFiles(context.storePath, endpoint.record);
  const { host, port } = endpoint;
  const { ca, cert, key } = files.read();
  try {
    await dialEngine({ host, port, ca, cert, key, timeoutMs: DIAL_TIMEOUT_MS, signal: context.signal, machine: name });
  } catch (error) {
    throw error instanceof EngineUnreachableError ? await explainSilence(error, name, context) : error;
  }
  return { ...endpoint, name, certPath: files.dir, files };
}
