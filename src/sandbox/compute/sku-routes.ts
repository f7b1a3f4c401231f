import { ArmProblem } from '../arm/problem.ts';
import type { Route } from '../arm/route.ts';
import { locations } from '../resources/locations.ts';
import { type Size, sizes } from './sizes.ts';

function render(size: Size, location: string): unknown {
  const capabilities = {
    vCPUs: size.vCpus,
    MemoryGB: size.memoryMiB / 1024,
    MaxDataDiskCount: size.maximumDataDisks,
    CpuArchitectureType: size.architecture,
    HyperVGenerations: size.generations.join(','),
    PremiumIO: 'True',
    AcceleratedNetworkingEnabled: 'True',
    TrustedLaunchDisabled: size.generations.includes('V2') ? 'False' : 'True',
  };
  return {
    resourceType: 'virtualMachines',
    name: size.name,
    tier: 'Standard',
    size: size.name.replace('Standard_', ''),
    family: size.family,
    locations: [location],
    locationInfo: [{ location, zones: size.restricted ? [] : ['1', '2', '3'], zoneDetails: [] }],
    capabilities: Object.entries(capabilities).map(([name, value]) => ({ name, value: String(value) })),
    restrictions: size.restricted
      ? [
          {
            type: 'Location',
            values: [location],
            restrictionInfo: { locations: [location] },
            reasonCode: 'NotAvailableForSubscription',
          },
        ]
      : [],
  };
}

export const skuRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus',
    family: 'skus',
    answer(call) {
      const filter = call.query.get('$filter');
      const found = filter === null ? undefined : /^location eq '([^']+)'$/i.exec(filter.trim())?.[1];
      if (filter !== null && found === undefined)
        throw new ArmProblem(
          400,
          'InvalidFilterInQueryString',
          `Invalid $filter '${filter}' specified in the query string.`,
        );
      const wanted = locations.filter(({ name }) => found === undefined || name === found.toLowerCase());
      return { status: 200, body: { value: wanted.flatMap(({ name }) => sizes.map((size) => render(size, name))) } };
    },
  },
];
