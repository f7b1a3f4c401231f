import type { HostParts } from '../drivers/adopted-host.ts';
import { AzdockError } from '../errors/azdock-error.ts';
import { MachineNotFoundError } from '../errors/machine-not-found-error.ts';
import type { StoreError } from '../errors/store-error.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { loadSidecarSync } from '../store/load.ts';
import type { LockHolder } from '../store/lock-file.ts';
import type { Store } from '../store/store.ts';
import type { HostFate } from './adopt/let-go.ts';
import type { MachineContext } from './machine-context.ts';
import { openDriver } from './open-driver.ts';
import { requireUnprotected } from './protect.ts';
import { dropFiles, removeFromCloud } from './remove-held.ts';

/** How long a creation or another removal of the same machine may still go on: an installation on a slow mirror, at most. */
const LOCK_DEADLINE_MS = 1_800_000;

export interface RemoveRequest {
  readonly name: string;
  /** `-f`: the local files go whatever happens to the rest. */
  readonly force: boolean;
  /** Of a host that was there before the machine. @defaultValue it stays as it is */
  readonly fate?: HostFate;
}

/** How a removal ended. With `force`, a problem is told and the machine is gone from the store all the same. */
export interface RemovedMachine {
  readonly name: string;
  /** False when the store had no such machine, or when another azdock has removed it meanwhile. */
  readonly existed: boolean;
  readonly problem: unknown;
}

/**
 * What a removal will remove, for the question before it. Never fails: what cannot be read is described as such.
 */
export async function describeRemoval(name: string, context: MachineContext, fate?: HostFate): Promise<string> {
  try {
    const driver = await openDriver(name, context);
    if (loadSidecarSync(context.storePath, name)?.attached === true) {
      if (fate?.withVm !== true) return `${name}: its record here; in Azure it stays, as another store made it`;
      return `${name}, which another store made: ${driver.describeRemoval()}, for everybody`;
    }
    if (driver.adopted !== undefined && fate?.withVm === true)
      return `${name}: ${describeParts(await driver.adopted.parts(context.signal))}`;
    return `${name}: ${driver.describeRemoval()}`;
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
  const { name, force, fate } = request;
  if (!(await store.exists(name))) {
    const missing = new MachineNotFoundError(name);
    if (force) return { name, existed: false, problem: missing };
    throw missing;
  }
  const away = await store.leadsAway(name);
  if (away !== undefined) return dropLink(request, away, store);
  const onWait = (holder: LockHolder) => context.progress.info(waitingFor(holder, name, store));
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal, onWait }, async () => {
    if (!(await store.exists(name))) {
      context.progress.info(`Another azdock has removed ${name} meanwhile.`);
      return { name, existed: false, problem: undefined };
    }
    let problem: unknown;
    requireUnprotected(name, await sidecarOf(name, store));
    try {
      await removeFromCloud({ name, store, context, ...(fate === undefined ? {} : { fate }) });
    } catch (error) {
      if (!force || context.signal.aborted) throw withRemainder(error, name);
      problem = error;
    }
    await dropFiles({ name, store, context });
    return { name, existed: true, problem };
  });
}

/** What goes, with all that is on it, and what stays. */
function describeParts({ going, staying }: HostParts): string {
  const goes = going.length === 0 ? 'nothing of it is left in Azure' : `${going.join(', ')}, with all that is on them`;
  return staying.length === 0 ? goes : `${goes}; ${staying.join(', ')} ${staying.length === 1 ? 'stays' : 'stay'}`;
}

/** Of a machine whose directory is a link to somewhere else, only the link is this store's. */
async function dropLink({ name, force }: RemoveRequest, away: StoreError, store: Store): Promise<RemovedMachine> {
  if (force) {
    await store.remove(name);
    return { name, existed: true, problem: undefined };
  }
  const step = { label: 'Remove the link, and nothing else', command: `azdock rm -f ${name}` };
  throw Object.defineProperty(away, 'nextSteps', { value: [step, ...away.nextSteps], enumerable: true });
}

/** Two commands at work on the same machine take turns: a creation is not broken off by the removal that waits for it. */
function waitingFor({ pid }: LockHolder, name: string, store: Store): string {
  const isMade = phaseOf(name, store) === 'creating';
  const what = `Another azdock, process ${pid}, is ${isMade ? 'making' : 'at work on'} ${name}; waiting for it.`;
  return isMade ? `${what} To stop it:  kill ${pid}` : what;
}

function phaseOf(name: string, { root }: Store): Sidecar['phase'] | undefined {
  try {
    return loadSidecarSync(root, name)?.phase;
  } catch {
    return undefined;
  }
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
