import type { Subnet } from '@azure/arm-network';
import type { ArmClients } from '../clients.ts';
import { callOptions, finish, NETWORK_POLL } from '../long-running.ts';
import type { ResourceId } from '../resource-id.ts';

/** A kind of resource that machines share: who uses one, and how to delete it. */
export interface SharedKind {
  readonly label: string;
  /** Ids of what uses it, parts of resources among them. Rejects with 404 when it is absent. */
  users(clients: ArmClients, id: ResourceId, signal: AbortSignal): Promise<readonly string[]>;
  delete(clients: ArmClients, id: ResourceId, signal: AbortSignal): Promise<void>;
}

const network: SharedKind = {
  label: 'network',
  async users({ network: clients }, { group, names: [name = ''] }, signal) {
    const found = await (await clients()).virtualNetworks.get(group, name, callOptions(signal));
    return (found.subnets ?? []).flatMap(usersOf);
  },
  async delete({ network: clients }, { group, names: [name = ''] }, signal) {
    const how = { ...NETWORK_POLL, abortSignal: signal };
    await finish((await clients()).virtualNetworks.delete(group, name, how), signal);
  },
};

const availabilitySet: SharedKind = {
  label: 'availability set',
  async users({ compute }, { group, names: [name = ''] }, signal) {
    const found = await (await compute()).availabilitySets.get(group, name, callOptions(signal));
    return idsOf(found.virtualMachines);
  },
  async delete({ compute }, { group, names: [name = ''] }, signal) {
    await (await compute()).availabilitySets.delete(group, name, callOptions(signal));
  },
};

const proximityGroup: SharedKind = {
  label: 'proximity placement group',
  async users({ compute }, { group, names: [name = ''] }, signal) {
    const found = await (await compute()).proximityPlacementGroups.get(group, name, callOptions(signal));
    return [found.virtualMachines, found.virtualMachineScaleSets, found.availabilitySets].flatMap(idsOf);
  },
  async delete({ compute }, { group, names: [name = ''] }, signal) {
    await (await compute()).proximityPlacementGroups.delete(group, name, callOptions(signal));
  },
};

/** By type in lower case, in the order in which they can be deleted: a set lies in a proximity placement group. */
export const sharedKinds: ReadonlyMap<string, SharedKind> = new Map([
  ['microsoft.network/virtualnetworks', network],
  ['microsoft.compute/availabilitysets', availabilitySet],
  ['microsoft.compute/proximityplacementgroups', proximityGroup],
]);

function usersOf(subnet: Subnet): readonly string[] {
  const { ipConfigurations, privateEndpoints, serviceAssociationLinks, resourceNavigationLinks } = subnet;
  return [ipConfigurations, privateEndpoints, serviceAssociationLinks, resourceNavigationLinks].flatMap(idsOf);
}

/** A user without an id is one all the same. */
function idsOf(list: readonly { readonly id?: string }[] | undefined): readonly string[] {
  return (list ?? []).map(({ id }) => id ?? '');
}
