import { normaliseLocation, sameId } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { quotaExceeded } from './problems.ts';
import { defaultFamilyLimit, familyLimits, findSize, regionalLimit, type Size, sizes } from './sizes.ts';

function coresUsed(world: World, location: string, except?: string): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const machine of world.state.machines) {
    // A deallocated machine keeps no cores: https://learn.microsoft.com/azure/virtual-machines/quotas
    if (machine.location !== location || machine.power === 'deallocated' || sameId(machine.id, except)) continue;
    const size = findSize(machine.properties.hardwareProfile.vmSize);
    if (size) used.set(size.family, (used.get(size.family) ?? 0) + size.vCpus);
  }
  return used;
}

/** @throws ArmProblem 409 `OperationNotAllowed` when the cores of the family or of the region do not suffice. */
export function checkQuota(world: World, machine: Resource, size: Size): void {
  const used = coresUsed(world, machine.location, machine.id);
  const ofFamily = used.get(size.family) ?? 0;
  const common = { location: machine.location, additional: size.vCpus };
  const limit = familyLimits[size.family] ?? defaultFamilyLimit;
  if (ofFamily + size.vCpus > limit) throw quotaExceeded({ ...common, name: size.family, limit, usage: ofFamily });
  const total = [...used.values()].reduce((sum, cores) => sum + cores, 0);
  if (total + size.vCpus > regionalLimit)
    throw quotaExceeded({ ...common, name: 'Total Regional', limit: regionalLimit, usage: total });
}

const usage = (value: string, localizedValue: string, currentValue: number, limit: number) => ({
  name: { value, localizedValue },
  unit: 'Count',
  currentValue,
  limit,
});

export const computeUsageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/usages',
    family: 'compute',
    answer(call, world) {
      const location = normaliseLocation(call.param('location'), 'locations/usages');
      const used = coresUsed(world, location);
      const here = (items: Iterable<Resource>) => [...items].filter((item) => item.location === location).length;
      const families = [...new Set(sizes.map(({ family }) => family))];
      return {
        status: 200,
        body: {
          value: [
            usage('availabilitySets', 'Availability Sets', here(world.state.availabilitySets.list()), 2500),
            usage(
              'cores',
              'Total Regional vCPUs',
              [...used.values()].reduce((sum, cores) => sum + cores, 0),
              regionalLimit,
            ),
            usage('virtualMachines', 'Virtual Machines', here(world.state.machines.list()), 25_000),
            ...families.map((family) =>
              usage(family, family, used.get(family) ?? 0, familyLimits[family] ?? defaultFamilyLimit),
            ),
          ],
        },
      };
    },
  },
];
