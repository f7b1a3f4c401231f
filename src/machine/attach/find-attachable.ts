import type { TaggedMachine } from '../../drivers/azure/attach/find-machines.ts';
import type { VmLook } from '../../drivers/azure/existing/read-vm.ts';
import type { AzureOptionValues } from '../../drivers/azure/resolve-options.ts';
import { MachineNotFoundError } from '../../errors/machine-not-found-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { loadSidecarSync } from '../../store/load.ts';
import { machineNamesSync } from '../../store/names.ts';
import { openStore } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { azureDependencies } from '../open-driver.ts';
import type { AttachableMachine } from './attach-report.ts';

/** A subscription that was looked through, and what to work on it with. */
export interface Subscription {
  readonly look: VmLook;
  readonly machines: readonly TaggedMachine[];
  /** The store's own id. */
  readonly storeId: string | undefined;
}

/** Logs in and finds every machine of azdock's, whoever made it. @throws UsageError, LoginError, ArmError, StoreError */
export async function openSubscription(azure: AzureOptionValues, context: MachineContext): Promise<Subscription> {
  const [{ azureOptions }, { openSession }, { findMachines }] = await Promise.all([
    import('../../drivers/azure/resolve-options.ts'),
    import('../../drivers/azure/session.ts'),
    import('../../drivers/azure/attach/find-machines.ts'),
  ]);
  const { options } = azureOptions(azure);
  const session = await openSession(undefined, options, azureDependencies(context));
  const { signal } = context;
  const machines = await findMachines(session, options, signal);
  const storeId = await openStore(context.storePath, context.clock).id();
  return { look: { session, name: 'dev', options, signal }, machines, storeId };
}

/** Machines that this store has no record of, by name. */
export function attachable({ machines }: Subscription, context: MachineContext): readonly TaggedMachine[] {
  const known = new Set(
    machineNamesSync(context.storePath).flatMap((name) => {
      try {
        return loadSidecarSync(context.storePath, name)?.id ?? [];
      } catch {
        // It has a record, if one that cannot be read.
        return machines.filter((one) => one.name === name).map(({ id }) => id);
      }
    }),
  );
  const byName = (one: TaggedMachine, other: TaggedMachine) => (one.name < other.name ? -1 : 1);
  return machines.filter(({ id }) => !known.has(id)).toSorted(byName);
}

/** What is shown of one. */
export function shown(
  { name, id, storeId, isAdopted, vm, location, size, createdAt }: TaggedMachine,
  own?: string,
): AttachableMachine {
  return {
    name,
    id,
    resourceGroup: vm.group,
    location,
    size,
    store: storeId ?? null,
    isOwn: storeId !== undefined && storeId === own,
    isAdopted,
    createdAt: createdAt?.toISOString() ?? null,
  };
}

/**
 * The machine that is meant by `NAME` or `GROUP:NAME`. One that is attached already is found, too, so that its access can be renewed.
 * @throws MachineNotFoundError when there is none; UsageError when there are several
 */
export function pickMachine(words: string, { machines }: Subscription): TaggedMachine {
  const [first = '', second] = words.split(':');
  const [group, name] = second === undefined ? [undefined, first] : [first, second];
  const found = machines.filter(
    (one) => one.name === name && (group === undefined || one.vm.group.toLowerCase() === group.toLowerCase()),
  );
  const [only, ...others] = found;
  if (only === undefined) throw new MachineNotFoundError(words);
  if (others.length === 0) return only;
  throw new UsageError(`There are ${found.length} machines called ${name} in this subscription.`, {
    resource: name,
    nextSteps: found.map(({ vm }) => ({ label: `In ${vm.group}`, command: `azdock attach ${vm.group}:${name}` })),
  });
}
