import { normaliseLocation } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';

/** Default limits of a subscription in a region: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
const limits = [
  ['VirtualNetworks', 'Virtual Networks', 1000],
  ['NetworkSecurityGroups', 'Network Security Groups', 5000],
  ['NetworkInterfaces', 'Network Interfaces', 65536],
  ['PublicIPAddresses', 'Public IP Addresses', 2000],
  ['IPv4StandardSkuPublicIpAddresses', 'Public IPv4 Addresses - Standard', 2000],
] as const;

export const networkUsageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/usages',
    family: 'network',
    answer(call, world) {
      const location = normaliseLocation(call.param('location'), 'locations/usages');
      const { networks, securityGroups, interfaces, addresses } = world.state;
      const counts = [networks, securityGroups, interfaces, addresses, addresses].map(
        (collection) => [...collection].filter((item) => item.location === location).length,
      );
      const base = `/subscriptions/${world.identity.subscriptionId}/providers/Microsoft.Network/locations/${location}/usages`;
      const value = limits.map(([name, localizedValue, limit], index) => ({
        id: `${base}/${name}`,
        name: { value: name, localizedValue },
        currentValue: counts[index] ?? 0,
        limit,
        unit: 'Count',
      }));
      return { status: 200, body: { value } };
    },
  },
];
