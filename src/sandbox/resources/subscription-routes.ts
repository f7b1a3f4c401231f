import type { Route } from '../arm/route.ts';
import type { World } from '../world.ts';

function render({ identity }: World): unknown {
  return {
    id: `/subscriptions/${identity.subscriptionId}`,
    subscriptionId: identity.subscriptionId,
    tenantId: identity.tenantId,
    displayName: 'azdock sandbox',
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'Sandbox', spendingLimit: 'Off' },
    managedByTenants: [],
  };
}

export const subscriptionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions',
    family: 'subscriptions',
    answer: (_call, world) => ({ status: 200, body: { value: [render(world)], count: { type: 'Total', value: 1 } } }),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}',
    family: 'subscriptions',
    answer: (_call, world) => ({ status: 200, body: render(world) }),
  },
  {
    method: 'GET',
    path: '/tenants',
    family: 'subscriptions',
    answer: (_call, { identity }) => ({
      status: 200,
      body: { value: [{ id: `/tenants/${identity.tenantId}`, tenantId: identity.tenantId }] },
    }),
  },
];
