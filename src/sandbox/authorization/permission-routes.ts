import { requireGroup } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';

const here = 'providers/Microsoft.Authorization/permissions';

function answer(world: World): Answer {
  const value = world.state.permissions.map((permission) => ({ ...permission, dataActions: [], notDataActions: [] }));
  return { status: 200, body: { value } };
}

/** What the caller may do: https://learn.microsoft.com/rest/api/authorization/permissions. The roles hold for the whole subscription. */
export const permissionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/subscriptions/{subscriptionId}/${here}`,
    family: 'authorization',
    answer: (_call, world) => answer(world),
  },
  {
    method: 'GET',
    path: `/subscriptions/{subscriptionId}/resourcegroups/{group}/${here}`,
    family: 'authorization',
    answer(call, world) {
      requireGroup(call, world);
      return answer(world);
    },
  },
];
