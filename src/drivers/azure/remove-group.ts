import { isThere } from './delete-resource.ts';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import { SHARED_TAG } from './naming.ts';
import { parseResourceId } from './resource-id.ts';
import { kindOf } from './resource-kinds.ts';
import { ask, attempt, forgetAll, type SharedRemoval } from './shared-removal.ts';

/** Removes the resource group when azdock made it and nothing is in it. @returns its name when it was removed */
export async function removeGroup(removal: SharedRemoval): Promise<string[]> {
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
  if (parsed?.type === 'microsoft.compute/proximityplacementgroups')
    return (
      (await ask(removal, name, async (to) =>
        (await to.compute()).proximityPlacementGroups.get(parsed.group, name),
      )) !== undefined
    );
  return true;
}
