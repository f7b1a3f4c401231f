import type { Route } from '../arm/route.ts';
import { type Location, locations, logicalRegions } from './locations.ts';

function renderRegion(region: Location, subscriptionId: string, withZones: boolean): unknown {
  const idOf = (name: string): string => `/subscriptions/${subscriptionId}/locations/${name}`;
  const { name, displayName, category, geography, geographyGroup, latitude, longitude, physicalLocation } = region;
  const pairs = region.pair === undefined ? [] : [{ name: region.pair, id: idOf(region.pair) }];
  // Which datacentre a subscription's zone 1 means differs from subscription to subscription.
  const zones = region.zones.map((zone) => ({
    logicalZone: zone,
    physicalZone: `${name}-az${(Number(zone) % region.zones.length) + 1}`,
  }));
  return {
    id: idOf(name),
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: `(${geographyGroup}) ${displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: category,
      geography,
      geographyGroup,
      longitude,
      latitude,
      physicalLocation,
      pairedRegion: pairs,
    },
    ...(withZones && zones.length > 0 ? { availabilityZoneMappings: zones } : {}),
  };
}

export const locationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/locations',
    family: 'subscriptions',
    answer: ({ apiVersion }, { identity: { subscriptionId } }) => ({
      status: 200,
      body: {
        value: [
          // Zones came with 2022-12-01 (Microsoft.Resources, subscriptions.json).
          ...locations.map((region) => renderRegion(region, subscriptionId, apiVersion >= '2022-12-01')),
          ...logicalRegions.map(({ name, displayName }) => ({
            id: `/subscriptions/${subscriptionId}/locations/${name}`,
            name,
            type: 'Region',
            displayName,
            regionalDisplayName: displayName,
            metadata: { regionType: 'Logical', regionCategory: 'Other' },
          })),
        ],
      },
    }),
  },
];
