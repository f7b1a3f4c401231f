import { ensureAvailabilitySet } from './availability-set.ts';
import type { Making } from './making.ts';
import { ensureProximityGroup } from './proximity-group.ts';
import { untilItStays } from './resource-group.ts';

/**
 * Makes a VM, once more when the availability set or the proximity placement group that it is to lie in has vanished: the removal of
 * the last machine in it may have found it empty just before.
 *
 * @param put can be repeated
 */
export async function putInPlacement(making: Making, put: () => Promise<void>): Promise<void> {
  const { availabilitySet, proximityPlacementGroup } = making.machine.options;
  if (availabilitySet === undefined && proximityPlacementGroup === undefined) return put();
  let tries = 0;
  await untilItStays(making, async () => {
    tries += 1;
    if (tries > 1) {
      await ensureProximityGroup(making);
      await ensureAvailabilitySet(making);
    }
    await put();
  });
}
