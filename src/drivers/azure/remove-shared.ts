import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import { SHARED_TAG } from './naming.ts';
import { removeGroup } from './remove-group.ts';
import { removePlacement } from './remove-placement.ts';
import { ask, attempt, forgetAll, isMadeHere, type SharedRemoval } from './shared-removal.ts';

/**
 * Removes what azdock made for machines to share, and which nobody uses any more: subnet, network, availability set,
 * proximity placement group, and last the resource group. azdock made it when this machine's journal says so, or its tag does. Whoever comes first of
 * several removals finds it still in use; the last one removes it.
 *
 * @returns names of what was removed
 */
export async function removeShared(removal: SharedRemoval): Promise<string[]> {
  const removed = await Promise.all([removeNetwork(removal), removePlacement(removal)]);
  return [...removed.flat(), ...(await removeGroup(removal))];
}

async function removeNetwork(removal: SharedRemoval): Promise<string[]> {
  const { machine, journal, signal } = removal;
  const { names } = machine;
  const vnet = await ask(removal, names.vnet, async (to) =>
    (await to.network()).virtualNetworks.get(names.vnetGroup, names.vnet, callOptions(signal)),
  );
  if (vnet === undefined) return forgetAll(journal, [names.ids.subnet, names.ids.vnet]);
  const how = { ...NETWORK_POLL, abortSignal: signal };
  const isOurs = isMadeHere(journal, names.ids.vnet) || vnet.tags?.[SHARED_TAG] !== undefined;
  const subnet = vnet.subnets?.find(({ name }) => name?.toLowerCase() === names.subnet.toLowerCase());
  if (subnet !== undefined && isUsed(subnet)) return [];
  if (isOurs && isAlone(vnet, subnet))
    return attempt(removal, names.vnet, [names.ids.subnet, names.ids.vnet], async (to) =>
      finish((await to.network()).virtualNetworks.delete(names.vnetGroup, names.vnet, how), signal),
    );
  if (subnet === undefined) return forgetAll(journal, [names.ids.subnet]);
  if (!(isOurs || isMadeHere(journal, names.ids.subnet))) return [];
  return attempt(removal, names.subnet, [names.ids.subnet], async (to) =>
    finish((await to.network()).subnets.delete(names.vnetGroup, names.vnet, names.subnet, how), signal),
  );
}

function isUsed({
  ipConfigurations,
  privateEndpoints,
  serviceAssociationLinks,
  resourceNavigationLinks,
}: Subnet): boolean {
  return [ipConfigurations, privateEndpoints, serviceAssociationLinks, resourceNavigationLinks].some(
    (users) => (users ?? []).length > 0,
  );
}

function isAlone({ subnets }: VirtualNetwork, subnet: Subnet | undefined): boolean {
  return (subnets ?? []).every((other) => other === subnet);
}
