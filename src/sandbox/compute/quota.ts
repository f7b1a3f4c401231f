import { normaliseLocation, sameId } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { familyLimit, lowPriorityLimit, regionalLimit } from './core-limits.ts';
import { quotaExceeded } from './problems.ts';
import { findSize, type Size, sizes } from './sizes.ts';
import type { VirtualMachine } from './virtual-machine.ts';

type Priority = VirtualMachine['properties']['priority'];

interface CoresUsed {
  readonly byFamily: ReadonlyMap<string, number>;
  readonly total: number;
  /** Spot machines count by themselves: https://learn.microsoft.com/azure/quotas/spot-quota */
  readonly lowPriority: number;
}

const isLow = (priority: Priority): boolean => priority === 'Spot' || priority === 'Low';

function coresUsed(world: World, location: string, except?: string): CoresUsed {
  const byFamily = new Map<string, number>();
  let total = 0;
  let lowPriority = 0;
  for (const machine of world.state.machines) {
    // A deallocated machine keeps no cores: https://learn.microsoft.com/azure/virtual-machines/quotas
    if (machine.location !== location || machine.power === 'deallocated' || sameId(machine.id, except)) continue;
    const size = findSize(machine.properties.hardwareProfile.vmSize);
    if (!size) continue;
    if (isLow(machine.properties.priority)) {
      lowPriority += size.vCpus;
      continue;
    }
    total += size.vCpus;
    byFamily.set(size.family, (byFamily.get(size.family) ?? 0) + size.vCpus);
  }
  return { byFamily, total, lowPriority };
}

/** @throws ArmProblem 409 `OperationNotAllowed` when the cores of the family, of the region or for Spot do not suffice. */
export function checkQuota(world: World, machine: Resource, wanted: { size: Size; priority: Priority }): void {
  const { size, priority } = wanted;
  const used = coresUsed(world, machine.location, machine.id);
  const check = (name: string, usage: number, limit: number): void => {
    if (usage + size.vCpus <= limit) return;
    throw quotaExceeded({ name, limit, usage, location: machine.location, additional: size.vCpus });
  };
  if (isLow(priority)) {
    check('LowPriorityCores', used.lowPriority, lowPriorityLimit);
    return;
  }
  check(size.family, used.byFamily.get(size.family) ?? 0, familyLimit(size.family));
  check('Total Regional', used.total, regionalLimit);
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
            usage('cores', 'Total Regional vCPUs', used.total, regionalLimit),
            usage('virtualMachines', 'Virtual Machines', here(world.state.machines.list()), 25_000),
            usage('lowPriorityCores', 'Total Regional Spot vCPUs', used.lowPriority, lowPriorityLimit),
            ...families.map((family) =>
              usage(family, familyTitle(family), used.byFamily.get(family) ?? 0, familyLimit(family)),
            ),
          ],
        },
      };
    },
  },
];

/** `standardDSv5Family` is shown as `Standard DSv5 Family vCPUs`. */
function familyTitle(family: string): string {
  return `${family.replace(/^standard\s*/i, 'Standard ').replace(/\s*Family$/, ' Family')} vCPUs`;
}
