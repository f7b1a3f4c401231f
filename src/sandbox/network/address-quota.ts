import { ArmProblem } from '../arm/problem.ts';
import type { World } from '../world.ts';
import { versionOf } from './check-address.ts';

/** A new subscription's limits: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
const usual = { total: 2000, IPv4: 2000, IPv6: 2000 };

/** One region is small, so that a limit can be met: two addresses of each version, three together. */
const small: Readonly<Record<string, typeof usual>> = { norwayeast: { total: 3, IPv4: 2, IPv6: 2 } };

export function addressLimits(location: string): typeof usual {
  return small[location] ?? usual;
}

/** How many public addresses there are in a region, of one version or of both. */
export function countAddresses(world: World, location: string, version?: 'IPv4' | 'IPv6'): number {
  return world.state.addresses.list(
    (one) => one.location === location && (version === undefined || versionOf(one.properties) === version),
  ).length;
}

/** @throws ArmProblem 400 when the region has no room for one more. */
export function checkAddressQuota(world: World, location: string, version: 'IPv4' | 'IPv6'): void {
  const limits = addressLimits(location);
  if (countAddresses(world, location, version) >= limits[version])
    throw new ArmProblem(
      400,
      `${version}StandardSkuPublicIpCountLimitReached`,
      `Cannot create more than ${limits[version]} ${version} Standard SKU public IP addresses for this subscription in this region.`,
    );
  if (countAddresses(world, location) >= limits.total)
    throw new ArmProblem(
      400,
      'PublicIPCountLimitReached',
      `Cannot create more than ${limits.total} public IP addresses for this subscription in this region.`,
    );
}
