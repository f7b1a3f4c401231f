import { parseResourceId } from '../resource-id.ts';
import { kindOf } from '../resource-kinds.ts';
import { machineState } from '../state.ts';
import type { Leftover, MachineLeftovers } from './leftover.ts';
import type { SubscriptionLook } from './list-tagged.ts';
import type { TaggedResource } from './tagged-resource.ts';

const VM = 'microsoft.compute/virtualmachines';
const EXTENSION = `${VM}/extensions`;
/** Disks and Standard addresses cost money as long as they are there (learn.microsoft.com, "Managed disks billing"; "Public IP addresses", pricing). */
const BILLED = new Set(['microsoft.compute/disks', 'microsoft.network/publicipaddresses']);
/** A VM that has given its hardware back costs nothing but its disks (learn.microsoft.com, "States and billing of Azure VMs"). */
const NOT_BILLED = new Set(['deallocated', 'deallocating', 'evicted']);

/** What carries machines' tags, machine by machine, in the order in which a machine would be described. */
export async function machineLeftovers(
  tagged: readonly TaggedResource[],
  look: SubscriptionLook,
): Promise<readonly MachineLeftovers[]> {
  const owned = tagged.filter(({ id, owner }) => owner !== undefined && kindOf(id) !== undefined);
  const vms = new Set(owned.filter(({ type }) => type === VM).map(({ id }) => id.toLowerCase()));
  // One on a VM that carries no tag of azdock's goes with that: the VM is somebody else's.
  const own = owned.filter(({ id, type }) => type !== EXTENSION || vms.has(machineOf(id)));
  const states = vms.size === 0 ? new Map<string, string>() : await powerStates(look);
  const machines = new Map<string, MachineLeftovers>();
  for (const resource of own.toSorted((one, other) => rank(one) - rank(other))) {
    const { owner } = resource;
    if (owner === undefined) continue;
    const known = machines.get(owner.id);
    machines.set(owner.id, {
      machine: known?.machine || owner.machine,
      id: owner.id,
      storeId: known?.storeId ?? owner.storeId,
      resources: [...(known?.resources ?? []), leftover(resource, states.get(resource.id.toLowerCase()))],
    });
  }
  return [...machines.values()];
}

function leftover({ id, name, type, group, location, createdAt }: TaggedResource, state: string | undefined): Leftover {
  const isBilled = type === VM ? !NOT_BILLED.has(state ?? '') : BILLED.has(type);
  return { id, kind: kindOf(id)?.kind.label ?? type, name, group, location, createdAt, state, isBilled };
}

function machineOf(extension: string): string {
  return extension.slice(0, extension.toLowerCase().lastIndexOf('/extensions/')).toLowerCase();
}

const ORDER = [VM, EXTENSION, 'microsoft.compute/disks', 'microsoft.network/networkinterfaces'];

function rank({ type }: TaggedResource): number {
  const at = ORDER.indexOf(type);
  return at === -1 ? ORDER.length : at;
}

async function powerStates({ session, options, signal }: SubscriptionLook): Promise<Map<string, string>> {
  const deed = { doing: 'list virtual machines', resource: session.subscriptionId, machine: 'dev', options };
  return session.call(deed, signal, async ({ compute }) => {
    const states = new Map<string, string>();
    const { virtualMachines } = await compute();
    for await (const { id, instanceView } of virtualMachines.listAll({ statusOnly: 'true', abortSignal: signal })) {
      const { state, detail } = machineState(instanceView?.statuses);
      if (id !== undefined && parseResourceId(id) !== undefined) states.set(id.toLowerCase(), detail ?? state);
    }
    return states;
  });
}
