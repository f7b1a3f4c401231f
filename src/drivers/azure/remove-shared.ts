import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { ArmError } from '../../errors/arm-error.ts';
import type { Progress } from '../../steps/progress.ts';
import type { Journal } from '../driver.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { isThere } from './delete-resource.ts';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import { isSameId, SHARED_TAG } from './naming.ts';
import { awaitGroupEnd, isGroupGoing } from './resource-group.ts';
import { parseResourceId } from './resource-id.ts';
import { kindOf } from './resource-kinds.ts';

/** One removal at work. */
export interface SharedRemoval {
  readonly machine: AzureMachine;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Removes what azdock made for machines to share, and which nobody uses any more: subnet, network, availability set, and
 * last the resource group. azdock made it when this machine's journal says so, or its tag does. Whoever comes first of
 * several removals finds it still in use; the last one removes it.
 *
 * @returns names of what was removed
 */
export async function removeShared(removal: SharedRemoval): Promise<string[]> {
  const removed = await Promise.all([removeNetwork(removal), removeAvailabilitySet(removal)]);
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
  if (subnet === undefined || !(isOurs || isMadeHere(journal, names.ids.subnet))) return [];
  return attempt(removal, names.subnet, [names.ids.subnet], async (to) =>
    finish((await to.network()).subnets.delete(names.vnetGroup, names.vnet, names.subnet, how), signal),
  );
}

async function removeAvailabilitySet(removal: SharedRemoval): Promise<string[]> {
  const { machine, journal, signal } = removal;
  const { names } = machine;
  const { availabilitySet: name } = names;
  const id = names.ids.availabilitySet;
  if (name === undefined || id === undefined) return [];
  const set = await ask(removal, name, async (to) =>
    (await to.compute()).availabilitySets.get(names.group, name, callOptions(signal)),
  );
  if (set === undefined) return forgetAll(journal, [id]);
  const isOurs = isMadeHere(journal, id) || set.tags?.[SHARED_TAG] !== undefined;
  if (!isOurs || (set.virtualMachines ?? []).length > 0) return [];
  return attempt(removal, name, [id], async (to) => (await to.compute()).availabilitySets.delete(names.group, name));
}

async function removeGroup(removal: SharedRemoval): Promise<string[]> {
  const { machine, journal, signal } = removal;
  const { names } = machine;
  const group = await ask(removal, names.group, async (to) =>
    (await to.resources()).resourceGroups.get(names.group, callOptions(signal)),
  );
  if (group === undefined) return forgetAll(journal, [names.ids.group]);
  const isOurs = journal.ownsResourceGroup || group.tags?.[SHARED_TAG] !== undefined;
  if (!isOurs || !(await isEmpty(removal))) return [];
  return attempt(removal, names.group, [names.ids.group], async (to) =>
    finish((await to.resources()).resourceGroups.delete(names.group, { ...NETWORK_POLL, abortSignal: signal }), signal),
  );
}

/**
 * The list of a group's resources lags behind. What it still shows is asked for by name; what it does not show yet may be
 * a machine in the making, whose firewall is the first thing there and Azure Network's own list knows at once.
 */
async function isEmpty(removal: SharedRemoval): Promise<boolean> {
  const { machine, signal } = removal;
  const { names } = machine;
  const ids = await ask(removal, names.group, async (to) => {
    const found: string[] = [];
    const listed = (await to.resources()).resources.listByResourceGroup(names.group, callOptions(signal));
    for await (const { id } of listed) if (id !== undefined) found.push(id);
    for await (const { id } of (await to.network()).networkSecurityGroups.list(names.group, callOptions(signal)))
      if (id !== undefined) found.push(id);
    return found;
  });
  for (const id of ids ?? []) if (await exists(removal, id)) return false;
  return true;
}

async function exists(removal: SharedRemoval, id: string): Promise<boolean> {
  const { machine, signal } = removal;
  if (kindOf(id) !== undefined) return isThere(machine, id, signal);
  const parsed = parseResourceId(id);
  const [name = ''] = parsed?.names ?? [];
  if (parsed?.type === 'microsoft.network/virtualnetworks')
    return (
      (await ask(removal, name, async (to) => (await to.network()).virtualNetworks.get(parsed.group, name))) !==
      undefined
    );
  if (parsed?.type === 'microsoft.compute/availabilitysets')
    return (
      (await ask(removal, name, async (to) => (await to.compute()).availabilitySets.get(parsed.group, name))) !==
      undefined
    );
  return true;
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

function isMadeHere(journal: Journal, id: string): boolean {
  return journal.entries.some((entry) => isSameId(entry.id, id));
}

type Clients = AzureMachine['session']['clients'];

async function ask<T>(
  { machine, signal }: SharedRemoval,
  name: string,
  work: (clients: Clients) => Promise<T>,
): Promise<T | undefined> {
  return machine.session.call(deed(machine, `find ${name}`, name), signal, async (clients) => {
    try {
      return await work(clients);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
}

/** Deletes. Somebody may begin to use it just now: then it stays. Another reason to stay is told, but is no failure. */
async function attempt(
  { machine, journal, signal, progress }: SharedRemoval,
  name: string,
  ids: readonly string[],
  work: (clients: Clients) => Promise<void>,
): Promise<string[]> {
  try {
    await machine.session.call(deed(machine, `delete ${name}`, name), signal, async (clients) => {
      await work(clients).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    });
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    if (isGroupGoing(error)) await awaitGroupEnd(machine, signal);
    else {
      if (!/^InUse/.test(error.azure?.code ?? '')) progress.warn(`${name} stays in Azure. ${error.message}`);
      return [];
    }
  }
  await forgetAll(journal, ids);
  return [name];
}

async function forgetAll(journal: Journal, ids: readonly string[]): Promise<string[]> {
  for (const id of ids) await journal.forget(id);
  return [];
}
