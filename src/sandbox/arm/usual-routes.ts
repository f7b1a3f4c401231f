import type { Collection } from '../state/collection.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import type { Family } from './api-versions.ts';
import * as arm from './resources.ts';
import type { Route } from './route.ts';

/** What tells one type of resource from another, as far as its usual routes go. */
export interface UsualResource<T extends Resource> {
  /** Such as `Microsoft.Compute/images`. */
  readonly type: string;
  readonly family: Family;
  readonly collection: (world: World) => Collection<T>;
  readonly render: (resource: T, world: World) => unknown;
  readonly put: Route['answer'];
  /** No PATCH by default. */
  readonly patch?: Route['answer'];
  readonly remove: Route['answer'];
}

/** PUT, PATCH, GET and DELETE of one, and the lists of a group and of the subscription. */
export function usualRoutes<T extends Resource>(resource: UsualResource<T>): readonly Route[] {
  const { type, family, collection, render, put, patch, remove } = resource;
  const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${type}`;
  const one = `${inGroup}/{name}`;
  const listed = (found: readonly T[], world: World) => ({
    status: 200,
    body: { value: found.map((item) => render(item, world)) },
  });
  return [
    { method: 'PUT', path: one, family, answer: put },
    ...(patch ? [{ method: 'PATCH', path: one, family, answer: patch } as const] : []),
    {
      method: 'GET',
      path: one,
      family,
      answer: (call, world) => ({
        status: 200,
        body: render(arm.requireResource(call, world, collection(world), type), world),
      }),
    },
    { method: 'DELETE', path: one, family, answer: remove },
    {
      method: 'GET',
      path: inGroup,
      family,
      answer: (call, world) => listed(arm.inGroup(call, world, collection(world)), world),
    },
    {
      method: 'GET',
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      family,
      answer: (_call, world) => listed(collection(world).list(), world),
    },
  ];
}
