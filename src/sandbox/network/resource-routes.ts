import { randomUUID } from 'node:crypto';
import { requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import { object } from '../shape.ts';
import type { Collection } from '../state/collection.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';

/** What tells one type of network resource from another, as far as its six usual routes go. */
export interface NetworkResource<T extends Resource> {
  /** Such as `Microsoft.Network/virtualNetworks`. */
  readonly type: string;
  readonly collection: (world: World) => Collection<T>;
  readonly render: (resource: T, world: World) => unknown;
  readonly put: Route['answer'];
  readonly remove: Route['answer'];
}

/** Microsoft.Network changes tags by PATCH, and nothing else: `UpdateTags`. */
const tagsShape = object({ tags: tracked.tags });

/** PUT, GET, PATCH and DELETE of one, and the lists of a group and of the subscription: the same for every network resource. */
export function resourceRoutes<T extends Resource>(resource: NetworkResource<T>): readonly Route[] {
  const { type, collection, render, put, remove } = resource;
  const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${type}`;
  const one = `${inGroup}/{name}`;
  const listed = (found: readonly T[], world: World) => ({
    status: 200,
    body: { value: found.map((item) => render(item, world)) },
  });
  return [
    { method: 'PUT', path: one, family: 'network', answer: put },
    {
      method: 'GET',
      path: one,
      family: 'network',
      answer(call, world) {
        const found = arm.requireResource(call, world, collection(world), type);
        return { status: 200, headers: { etag: `W/"${found.etag}"` }, body: render(found, world) };
      },
    },
    {
      method: 'PATCH',
      path: one,
      family: 'network',
      async answer(call, world) {
        const { tags } = readBody(call, tagsShape, 'network');
        const found = arm.requireResource(call, world, collection(world), type);
        arm.checkPreconditions(call, found);
        requireIdleNetwork(call, world, found.id);
        arm.checkTags(tags);
        found.tags = tags ?? {};
        found.etag = randomUUID();
        await world.state.save();
        return { status: 200, body: render(found, world) };
      },
    },
    { method: 'DELETE', path: one, family: 'network', answer: remove },
    {
      method: 'GET',
      path: inGroup,
      family: 'network',
      answer: (call, world) => listed(arm.inGroup(call, world, collection(world)), world),
    },
    {
      method: 'GET',
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      family: 'network',
      answer: (_call, world) => listed(collection(world).list(), world),
    },
  ];
}
