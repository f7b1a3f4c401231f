import type { AzureMachine } from '../../drivers/azure/azure-machine.ts';
import { Batch } from '../../drivers/azure/batch.ts';
import type { SubscriptionLook } from '../../drivers/azure/leftovers/list-tagged.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { LockedError } from '../../errors/locked-error.ts';
import { isMachineName, MAX_NAME_LENGTH } from '../../store/layout.ts';
import type { Store } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { azureDependencies } from '../open-driver.ts';
import { readClaims } from './claims.ts';
import type { Leftover, LostMachine, PruneReport } from './prune-report.ts';

/** How long another azdock may be at work on a machine of the same name before what was found is spared. */
const LOCK_DEADLINE_MS = 10_000;

/** What became of leftovers. A failure with one machine does not keep the others. */
export interface PruneOutcome {
  readonly removed: readonly Leftover[];
  readonly failures: readonly unknown[];
}

export interface LeftoverRemoval {
  readonly look: SubscriptionLook;
  readonly context: MachineContext;
  readonly store: Store;
  /** As when they were looked for. */
  readonly stores: readonly string[];
}

/**
 * Removes what can go, machine by machine and at once, then what they shared. Before each machine the stores are read again, under
 * the lock of its name: one that has a record by now stays.
 *
 * @throws the signal's reason when the user interrupts
 */
export async function removeLeftovers(report: PruneReport, removal: LeftoverRemoval): Promise<PruneOutcome> {
  const { signal } = removal.context;
  const machines = report.machines.filter(({ verdict }) => verdict === 'remove');
  const results = await Promise.allSettled(machines.map((machine) => underLock(machine, removal)));
  signal.throwIfAborted();
  const removed = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  for (const leftover of report.shared) {
    try {
      if (await removeShared(leftover, removal)) removed.push(leftover);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AzdockError)) throw error;
      failures.push(error);
    }
  }
  return { removed, failures: [...new Set(failures)] };
}

async function underLock(machine: LostMachine, removal: LeftoverRemoval): Promise<readonly Leftover[]> {
  const { store, context } = removal;
  const { name } = machine;
  // What no machine can be called, no lock is needed for.
  if (!isMachineName(name) || name.length > MAX_NAME_LENGTH) return remove(machine, removal);
  try {
    const wait = { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal };
    return await store.withMachineLock(name, wait, () => remove(machine, removal));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    context.progress.info(`${name} is left alone: another azdock is at work on a machine of that name.`);
    return [];
  }
}

async function remove(lost: LostMachine, removal: LeftoverRemoval): Promise<readonly Leftover[]> {
  const { look, context, stores } = removal;
  const { name, id, resources } = lost;
  const claims = readClaims(stores);
  if (resources.some((one) => claims.has({ machine: name, id, resourceId: one.id }))) {
    context.progress.info(`${name} is left alone: it has a record by now.`);
    return [];
  }
  const { removeMachineLeftovers } = await import('../../drivers/azure/leftovers/remove-machine-leftovers.ts');
  const label = name || id;
  const machine = await standIn({ name: label, id, group: resources[0]?.group ?? '' }, removal);
  const kinds = [...new Set(resources.map(({ kind }) => kind))].join(', ');
  return context.progress.step(`What is left of ${label}: ${kinds}`, async () => {
    const gone = await removeMachineLeftovers(
      machine,
      resources.map((one) => one.id),
      look.signal,
    );
    return resources.filter((one) => gone.includes(one.id));
  });
}

async function removeShared({ id, kind, name, group }: Leftover, removal: LeftoverRemoval): Promise<boolean> {
  const { removeSharedLeftover } = await import('../../drivers/azure/leftovers/remove-shared-leftover.ts');
  const { context, look } = removal;
  const { progress } = context;
  const machine = await standIn({ name, id: '', group }, removal);
  const journal = { ...NO_JOURNAL };
  const where = name === group ? '' : ` in ${group}`;
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${name}${where}`;
  return progress.step(title, async (step) => {
    const isGone = await removeSharedLeftover(id, { machine, journal, signal: look.signal, progress });
    if (!isGone) step.title(`${title} stays: it is in use`);
    return isGone;
  });
}

/** Nothing is known of the machine but where it was: enough for finding, deleting, and texts about failures. */
async function standIn(
  { name, id, group }: { readonly name: string; readonly id: string; readonly group: string },
  { look, context }: LeftoverRemoval,
): Promise<AzureMachine> {
  const { azureMachine } = await import('../../drivers/azure/azure-machine.ts');
  const { session, options } = look;
  return azureMachine({
    name,
    id,
    storeId: undefined,
    options: { ...options, resourceGroup: group },
    session,
    dependencies: azureDependencies(context),
    batch: new Batch(),
  });
}

/** What was found is found again, whatever happens. */
const NO_JOURNAL = {
  entries: [],
  ownsResourceGroup: false,
  intend: async () => {},
  forget: async () => {},
  ownResourceGroup: async () => {},
} as const;
