import { invalidReference } from '../../network/problems.ts';
import type { World } from '../../world.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { invalid, operationNotAllowed } from '../problems.ts';
import type { PlacedMachine } from './placed-machine.ts';

/** Availability set and proximity placement group. @throws ArmProblem */
export function checkPlacement(world: World, machine: PlacedMachine, properties: MachineProperties): void {
  checkAvailabilitySet(world, machine, properties);
  checkProximityGroup(world, machine, properties);
}

function checkAvailabilitySet(world: World, machine: PlacedMachine, properties: MachineProperties): void {
  const { availabilitySet, proximityPlacementGroup } = properties;
  if (!availabilitySet) return;
  if (machine.zones && machine.zones.length > 0)
    throw invalid(
      'availabilitySet',
      'Virtual Machine cannot be created because both Availability Zone and Availability Set were specified. Deploying an Availability Set to an Availability Zone isn’t supported.',
    );
  const set = world.state.availabilitySets.get(availabilitySet.id);
  if (!set || set.location !== machine.location) throw invalidReference(availabilitySet.id, machine.id);
  if (set.sku !== 'Aligned')
    throw invalid(
      'availabilitySet',
      'Addition of a managed disk to a VM with availability set whose sku is Classic is not supported. Use sku Aligned.',
    );
  // https://learn.microsoft.com/azure/virtual-machines/co-location: all that is in a set is where the set is.
  if ((set.proximityGroup ?? '').toLowerCase() !== (proximityPlacementGroup?.id ?? '').toLowerCase())
    throw operationNotAllowed(
      `Virtual Machine '${machine.name}' and its Availability Set '${set.name}' must be in the same Proximity Placement Group.`,
      'proximityPlacementGroup',
    );
}

function checkProximityGroup(world: World, machine: PlacedMachine, properties: MachineProperties): void {
  if (!properties.proximityPlacementGroup) return;
  const { id } = properties.proximityPlacementGroup;
  const group = world.state.proximityGroups.get(id);
  if (!group || group.location !== machine.location) throw invalidReference(id, machine.id);
  const [zone] = group.zones ?? [];
  if (zone !== undefined && zone !== machine.zones?.[0])
    throw operationNotAllowed(
      `Virtual Machine '${machine.name}' must be in zone '${zone}' of its Proximity Placement Group '${group.name}'.`,
      'proximityPlacementGroup',
    );
  const size = properties.hardwareProfile.vmSize.toLowerCase();
  if (group.sizes.length > 0 && !group.sizes.some((one) => one.toLowerCase() === size))
    throw operationNotAllowed(
      `The VM size '${properties.hardwareProfile.vmSize}' is not among the sizes of the intent of Proximity Placement Group '${group.name}': ${group.sizes.join(', ')}.`,
      'proximityPlacementGroup',
    );
}
