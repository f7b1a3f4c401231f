import { findAvailabilitySet } from './availability-set.ts';
import { callOptions } from './long-running.ts';
import { SHARED_TAG } from './naming.ts';
import { findProximityGroup, proximityGroupOf } from './proximity-group.ts';
import { attempt, forgetAll, isMadeHere, type SharedRemoval } from './shared-removal.ts';

/**
 * Removes availability set and proximity placement group, where azdock made them and nothing is in them any more; the set
 * first, as it lies in the group.
 *
 * @returns names of what was removed
 */
export async function removePlacement(removal: SharedRemoval): Promise<string[]> {
  const set = await removeAvailabilitySet(removal);
  return [...set, ...(await removeProximityGroup(removal))];
}

async function removeAvailabilitySet(removal: SharedRemoval): Promise<string[]> {
  const { machine, journal, signal } = removal;
  const { names } = machine;
  const { availabilitySet: name } = names;
  const id = names.ids.availabilitySet;
  if (name === undefined || id === undefined) return [];
  const set = await findAvailabilitySet(machine, name, signal);
  if (set === undefined) return forgetAll(journal, [id]);
  const isOurs = isMadeHere(journal, id) || set.tags?.[SHARED_TAG] !== undefined;
  if (!isOurs || (set.virtualMachines ?? []).length > 0) return [];
  return attempt(removal, name, [id], async (to) =>
    (await to.compute()).availabilitySets.delete(names.group, name, callOptions(signal)),
  );
}

async function removeProximityGroup(removal: SharedRemoval): Promise<string[]> {
  const { machine, journal, signal } = removal;
  const wanted = proximityGroupOf(machine);
  // One that was given by its id is somebody else's.
  if (wanted === undefined || wanted.mustExist) return [];
  const { id, group, name } = wanted;
  const found = await findProximityGroup(machine, wanted, signal);
  if (found === undefined) return forgetAll(journal, [id]);
  const isOurs = isMadeHere(journal, id) || found.tags?.[SHARED_TAG] !== undefined;
  const { virtualMachines, virtualMachineScaleSets, availabilitySets } = found;
  const members = [virtualMachines, virtualMachineScaleSets, availabilitySets].flatMap((some) => some ?? []);
  if (!isOurs || members.length > 0) return [];
  return attempt(removal, name, [id], async (to) =>
    (await to.compute()).proximityPlacementGroups.delete(group, name, callOptions(signal)),
  );
}
