import { extensionType } from '../compute/extension.ts';
import { requireGroup } from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { timestamp } from '../clock.ts';
import type { Answer } from '../http/exchange.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { matchesTags } from './filter.ts';

interface Look {
  readonly expand: string;
  readonly withTags: boolean;
}

function render(resource: Resource, { expand, withTags }: Look): unknown {
  const { id, name, type, location, tags, state, createdMs } = resource;
  const machine = /\/virtualMachines\/([^/]+)\/extensions\//i.exec(id)?.[1];
  return {
    id,
    name: type === extensionType ? `${machine}/${name}` : name,
    type,
    location,
    ...(!withTags || Object.keys(tags).length === 0 ? {} : { tags }),
    ...(expand.includes('provisioningstate') ? { provisioningState: state } : {}),
    ...(expand.includes('createdtime') ? { createdTime: timestamp(createdMs) } : {}),
  };
}

function list(call: ArmCall, world: World, wanted: (resource: Resource) => boolean): Answer {
  const filter = call.query.get('$filter');
  const matches = matchesTags(filter);
  // Microsoft.Resources 2024-07-01, $filter: "When you filter by a tag name and value, the tags for each resource are not returned".
  const withTags = !/\btagValue\b/i.test(filter ?? '');
  const expand = call.query.get('$expand')?.toLowerCase() ?? '';
  const top = Number(call.query.get('$top') ?? Number.NaN);
  const found = world.state.resources().filter((resource) => wanted(resource) && matches(resource));
  const page = Number.isInteger(top) ? found.slice(0, top) : found;
  return { status: 200, body: { value: page.map((resource) => render(resource, { expand, withTags })) } };
}

export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/resources',
    family: 'resources',
    answer: (call, world) => list(call, world, () => true),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/resourceGroups/{group}/resources',
    family: 'resources',
    answer(call, world) {
      const group = requireGroup(call, world);
      return list(call, world, (resource) => resource.group === group.name);
    },
  },
];
