import { ArmProblem } from '../arm/problem.ts';
import { invalid, skuNotAvailable, skuNotAvailableInZones } from './problems.ts';
import { availableZones, findOfferedSize, isAvailable, isSoldOut, sizesOf, zonesOf } from './size-availability.ts';
import type { Size } from './sizes.ts';

/** Where a machine is to run: a region, and in it zones where it asks for some. */
export interface SizePlace {
  readonly location: string;
  readonly zones?: readonly string[] | undefined;
}

/**
 * The size by its name, which this subscription may use in that place.
 *
 * @throws ArmProblem 400 for a size or a zone that the region does not have, 409 for one kept from the subscription or sold out
 */
export function requireSize(name: string, { location, zones = [] }: SizePlace): Size {
  const size = findOfferedSize(name, location);
  if (!size)
    throw invalid(
      'vmSize',
      `The value ${name} provided for the VM size is not valid. The valid sizes in the current region are: ${sizesOf(
        location,
      )
        .map((one) => one.name)
        .join(',')}. Find out more on the valid VM sizes in each region at https://aka.ms/azure-regions.`,
    );
  if (!isAvailable(size, location) || isSoldOut(size)) throw skuNotAvailable(size.name, location);
  const unknown = zones.filter((zone) => !zonesOf(location).includes(zone));
  if (unknown.length > 0)
    throw new ArmProblem(
      400,
      'AvailabilityZoneNotSupported',
      `The zone(s) '${unknown.join(',')}' for resource 'Microsoft.Compute/virtualMachines' is not supported. The supported zones for location '${location}' are '${zonesOf(location).join(',')}'.`,
    );
  const closed = zones.filter((zone) => !availableZones(size, location).includes(zone));
  if (closed.length > 0) throw skuNotAvailableInZones(size.name, location, closed);
  return size;
}
