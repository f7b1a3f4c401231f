import { normaliseLocation } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { addressLimits, countAddresses } from './address-quota.ts';

type Usage = readonly [name: string, words: string, count: number, limit: number];

/** Default limits of a subscription in a region: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
function usagesOf(world: World, location: string): readonly Usage[] {
  const { networks, securityGroups, interfaces, routeTables, natGateways } = world.state;
  const here = (items: Iterable<Resource>): number => [...items].filter((item) => item.location === location).length;
  const limits = addressLimits(location);
  const [v4, v6] = [countAddresses(world, location, 'IPv4'), countAddresses(world, location, 'IPv6')];
  return [
    ['VirtualNetworks', 'Virtual Networks', here(networks.list()), 1000],
    ['StaticPublicIPAddresses', 'Static Public IP Addresses', v4 + v6, limits.total],
    ['NetworkSecurityGroups', 'Network Security Groups', here(securityGroups.list()), 5000],
    ['PublicIPAddresses', 'Public IP Addresses', v4 + v6, limits.total],
    ['NetworkInterfaces', 'Network Interfaces', here(interfaces.list()), 65_536],
    ['RouteTables', 'Route Tables', here(routeTables.list()), 200],
    ['NatGateways', 'Nat Gateways', here(natGateways.list()), 100],
    ['StandardSkuPublicIpAddresses', 'Public IP Addresses - Standard', v4 + v6, limits.total],
    ['IPv4BasicSkuPublicIpAddresses', 'Public IPv4 Addresses - Basic', 0, 0],
    ['IPv4StandardSkuPublicIpAddresses', 'Public IPv4 Addresses - Standard', v4, limits.IPv4],
    ['IPv6StandardSkuPublicIpAddresses', 'Public IPv6 Addresses - Standard', v6, limits.IPv6],
  ];
}

export const networkUsageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/usages',
    family: 'network',
    answer(call, world) {
      const location = normaliseLocation(call.param('location'), 'locations/usages');
      const base = `/subscriptions/${world.identity.subscriptionId}/providers/Microsoft.Network/locations/${location}/usages`;
      const value = usagesOf(world, location).map(([name, localizedValue, currentValue, limit]) => ({
        id: `${base}/${name}`,
        name: { value: name, localizedValue },
        currentValue,
        limit,
        unit: 'Count',
      }));
      return { status: 200, body: { value } };
    },
  },
];
