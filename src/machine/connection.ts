import type { AzdockError } from '../errors/azdock-error.ts';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { dialEngine } from '../engine/dial.ts';
import { loadMachineSync } from '../store/load.ts';
import type { MachineContext } from './machine-context.ts';
import { clientFiles, type ClientFiles } from './client-files.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { unfinishedWork } from './unfinished-work.ts';

/** How long `env` and `config` wait for the engine, as docker-machine does (docker/machine:libmachine/cert/cert.go). */
const DIAL_TIMEOUT_MS = 20_000;
/** How long Azure is asked why an engine does not answer. */
const EXPLAIN_TIMEOUT_MS = 5_000;

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
    throw error instanceof EngineUnreachableError ? await explained(error, name, context) : error;
  }
  return { ...endpoint, name, certPath: files.dir, files };
}

/** Adds that the machine is not finished, or else what Azure says about the VM, when it says so quickly. */
async function explained(error: EngineUnreachableError, name: string, context: MachineContext): Promise<AzdockError> {
  const cleanUp = [{ label: 'Clean up', command: `azdock rm ${name}` }];
  const unfinished = unfinishedWork(loadMachineSync(context.storePath, name).sidecar);
  if (unfinished !== undefined) {
    const { failure } = error;
    const message = `${error.message} Its ${unfinished} did not finish.`;
    return new EngineUnreachableError(message, { resource: name, failure, nextSteps: cleanUp, cause: error });
  }
  try {
    const { openDriver } = await import('./open-driver.ts');
    const driver = await openDriver(name, { ...context, interactive: false });
    if (driver.name !== 'azure') return error;
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(EXPLAIN_TIMEOUT_MS)]);
    const { state, detail } = await driver.state(signal);
    if (state === 'Running') return error;
    const words = detail ?? state;
    return new EngineUnreachableError(`${error.message} Azure says the VM is ${words}.`, {
      resource: name,
      failure: error.failure,
      nextSteps: state === 'NotFound' ? cleanUp : error.nextSteps,
      cause: error,
    });
  } catch {
    // No login, no answer in time: what the engine did is all there is to say.
    return error;
  }
}
