import { AzdockError } from '../errors/azdock-error.ts';
import { MachineNotFoundError } from '../errors/machine-not-found-error.ts';
import type { Sidecar } from '../store/sidecar.ts';
import type { Store } from '../store/store.ts';
import { removeDockerContexts } from './docker-context.ts';
import type { MachineContext } from './machine-context.ts';
import { openDriver } from './open-driver.ts';
import { endTunnel } from './tunnel/end-tunnel.ts';
import { requireUnprotected } from './protect.ts';

/** How long a creation or another removal of the same machine may still go on. */
const LOCK_DEADLINE_MS = 600_000;

export interface RemoveRequest {
  readonly name: string;
  /** `-f`: the local files go whatever happens to the rest. */
  readonly force: boolean;
}

/** How a removal ended. With `force`, a problem is told and the machine is gone from the store all the same. */
export interface RemovedMachine {
  readonly name: string;
  /** False when the store had no such machine. */
  readonly existed: boolean;
  readonly problem: unknown;
}

/**
 * What a removal will remove, for the question before it. Never fails: what cannot be read is described as such.
 */
export async function describeRemoval(name: string, context: MachineContext): Promise<string> {
  try {
    return `${name}: ${(await openDriver(name, context)).describeRemoval()}`;
  } catch (error) {
    return error instanceof MachineNotFoundError ? `${name}: not in the store` : `${name}: its local files`;
  }
}

/**
 * Removes a machine with everything that belongs to it, verifies that nothing is left, then drops its local files. Can be run
 * again until it succeeds, whatever was interrupted before.
 *
 * @throws RefusedError when it is protected; MachineNotFoundError, PartialRemovalError, ArmError, LoginError, nothing of these with
 *   `force`
 */
export async function removeMachine(
  request: RemoveRequest,
  store: Store,
  context: MachineContext,
): Promise<RemovedMachine> {
  const { name, force } = request;
  if (!(await store.exists(name))) {
    const missing = new MachineNotFoundError(name);
    if (force) return { name, existed: false, problem: missing };
    throw missing;
  }
  const onWait = () => context.progress.info(`Another azdock is at work on ${name}; waiting for it.`);
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal, onWait }, async () => {
    let problem: unknown;
    requireUnprotected(name, await sidecarOf(name, store));
    try {
      const { DriverName } = (await store.load(name)).record;
      const driver = await openDriver(name, context);
      await endTunnel(name, context);
      if (DriverName === 'azure') await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'removing' }));
      await driver.remove(await store.journal(name), context.progress, context.signal);
    } catch (error) {
      if (!force || context.signal.aborted) throw withRemainder(error, name);
      problem = error;
    }
    await removeDockerContexts(name, context);
    await store.remove(name);
    return { name, existed: true, problem };
  });
}

/** A record that cannot be read protects nothing: what is there has to be removable. */
async function sidecarOf(name: string, store: Store): Promise<Sidecar | undefined> {
  return store.load(name).then(
    ({ sidecar }) => sidecar,
    () => undefined,
  );
}

/** Says that the machine is still there, and how to go on. */
function withRemainder(error: unknown, name: string): unknown {
  if (!(error instanceof AzdockError) || error.nextSteps.length > 0) return error;
  return Object.defineProperty(error, 'nextSteps', {
    value: [{ label: 'Try again', command: `azdock rm ${name}` }],
    enumerable: true,
  });
}
