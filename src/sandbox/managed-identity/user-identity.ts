import { computed, tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { usualRoutes } from '../arm/usual-routes.ts';
import type { Answer } from '../http/exchange.ts';
import { object, optional, readOnly } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';

/** An identity that outlives the machines it is given to: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources */
export type UserIdentity = Resource;

export const userIdentityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

const properties = optional(object({ tenantId: readOnly, principalId: readOnly, clientId: readOnly }));
const shape = object({ ...tracked, properties });
const patchShape = object({ ...computed, location: readOnly, tags: tracked.tags, properties });

/** The identity's service principal, under its two names. */
export function principalOf(identity: UserIdentity): { readonly principalId: string; readonly clientId: string } {
  const seed = `${identity.id.toLowerCase()}@${identity.createdMs}`;
  return { principalId: arm.guidFor(`principal ${seed}`), clientId: arm.guidFor(`client ${seed}`) };
}

function render(identity: UserIdentity, world: World): unknown {
  return {
    ...arm.renderBase(identity),
    tags: identity.tags,
    properties: { tenantId: world.identity.tenantId, ...principalOf(identity) },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'resources');
  const existing = world.state.userIdentities.get(arm.resourceIdOf(call, world, userIdentityType));
  const base = arm.identify(call, world, { ...body, type: userIdentityType, existing });
  const identity: UserIdentity = { ...base, state: 'Succeeded' };
  world.state.userIdentities.set(identity);
  return { status: existing ? 200 : 201, body: render(identity, world) };
}

function patch(call: ArmCall, world: World): Answer {
  const { tags } = readBody(call, patchShape, 'resources');
  const identity = arm.requireResource(call, world, world.state.userIdentities, userIdentityType);
  arm.checkTags(tags);
  if (tags) identity.tags = tags;
  return { status: 200, body: render(identity, world) };
}

/** Azure lets it go though machines have it: those keep a reference to nothing. */
function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const id = arm.resourceIdOf(call, world, userIdentityType);
  if (!world.state.userIdentities.get(id)) return { status: 204 };
  world.state.userIdentities.delete(id);
  return { status: 200 };
}

export const userIdentityRoutes: readonly Route[] = usualRoutes({
  type: userIdentityType,
  family: 'identities',
  collection: ({ state }) => state.userIdentities,
  render,
  put,
  patch,
  remove,
});
