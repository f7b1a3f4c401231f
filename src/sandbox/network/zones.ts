import { ArmProblem } from '../arm/problem.ts';
import type { Resource } from '../state/resource.ts';
import { locations } from '../resources/locations.ts';

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
