import { ArmProblem } from '../arm/problem.ts';
import type { Resource } from '../state/resource.ts';
import { locations } from '../resources/locations.ts';
import type { World } from '../world.ts';
import type { NetworkInterface } from './network-interface.ts';

/** @throws ArmProblem 400 for zones that the region does not have: one of them, or all, is what an address may name. */
export function checkZones(resource: Resource, zones: readonly string[]): void {
  const known = locations.find(({ name }) => name === resource.location)?.zones ?? [];
  const unknown = zones.filter((zone) => !known.includes(zone));
  if (unknown.length > 0 || new Set(zones).size !== zones.length)
    throw new ArmProblem(
      400,
      'InvalidAvailabilityZone',
      `The zone(s) '${unknown.join(',') || zones.join(',')}' for resource '${resource.type}/${resource.name}' is not supported. The supported zones for location '${resource.location}' are '${known.join(',')}'`,
    );
  if (zones.length > 1 && zones.length < known.length)
    throw new ArmProblem(
      400,
      'ResourceCannotHaveMultipleZonesSpecified',
      `Resource ${resource.id} has ${zones.length} zones specified. Only one zone, or all of them, can be specified for this resource.`,
    );
}

/** How Azure's messages name zones. */
export function zonesText(zones: readonly string[] | undefined): string {
  return zones && zones.length > 0 ? zones.toSorted().join(', ') : 'NoZone';
}

/**
 * The public addresses of a machine in a zone must be of that zone, or of all zones. Code and words: Azure/azurehpc#317 and
 * fortinet/azure-templates#43. Since Azure has no Basic addresses any more it takes some regional ones for zone-redundant;
 * the sandbox insists on zones, which suits Azure either way.
 *
 * @throws ArmProblem 400
 */
export function checkAddressZones(
  world: World,
  machine: { readonly id: string; readonly zones?: readonly string[] | undefined },
  nics: readonly NetworkInterface[],
): void {
  const [zone] = machine.zones ?? [];
  if (zone === undefined) return;
  for (const nic of nics)
    for (const { properties } of nic.properties.ipConfigurations) {
      const address = world.state.addresses.get(properties.publicIPAddress?.id ?? '');
      if (!address || address.zones?.includes(zone)) continue;
      throw new ArmProblem(
        400,
        'ComputeResourceZoneConstraintDoesNotMatchPublicIPAddressZoneConstraint',
        `Compute resource ${machine.id} has a zone constraint ${zone} but the PublicIPAddress ${address.id} used by the compute resource via NetworkInterface or LoadBalancer has a different zone constraint ${address.zones?.join(', ') || 'Regional'}.`,
      );
    }
}
