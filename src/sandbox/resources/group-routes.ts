import { computed } from '../arm/common-shapes.ts';
import { operationHeaders } from '../arm/operation-answers.ts';
import { ArmProblem } from '../arm/problem.ts';
import { groupNotFound } from '../arm/problems.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { mapOf, object, optional, readOnly, text } from '../shape.ts';
import type { ResourceGroup } from '../state/resource.ts';
import type { World } from '../world.ts';
import { matchesTags } from './filter.ts';
import { removeGroup } from './remove-group.ts';

const type = 'Microsoft.Resources/resourceGroups';

const shape = object({
  ...computed,
  location: optional(text),
  tags: optional(mapOf(text)),
  managedBy: optional(text),
  properties: readOnly,
});

function render({ id, name, location, tags, state }: ResourceGroup): unknown {
  return { id, name, type, location, tags, properties: { provisioningState: state } };
}

function put(call: ArmCall, world: World): Answer {
  const name = call.param('group');
  // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
  if (!/^[-\w._()]{1,90}$/u.test(name) || name.endsWith('.'))
    throw new ArmProblem(
      400,
      'InvalidResourceGroup',
      `The provided resource group name '${name}' has these invalid characters. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
    );
  const body = readBody(call, shape, 'resources');
  const existing = world.state.groups.get(arm.groupId(world, name));
  if (existing) arm.requireGroup(call, world);
  arm.checkTags(body.tags);
  const location = arm.normaliseLocation(body.location, type);
  if (existing && existing.location !== location)
    throw new ArmProblem(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
    );
  const group: ResourceGroup = {
    id: existing?.id ?? arm.groupId(world, name),
    name: existing?.name ?? name,
    location,
    tags: body.tags ?? {},
    state: 'Succeeded',
  };
  world.state.groups.set(group);
  return { status: existing ? 200 : 201, body: render(group) };
}

function remove(call: ArmCall, world: World): Answer {
  const group = world.state.groups.get(arm.groupId(world, call.param('group')));
  if (!group) throw groupNotFound(call.param('group'));
  const [joined] = world.operations.running(group.id).filter(({ kind, hangs }) => kind === 'group.delete' && !hangs);
  if (joined) return { status: 202, headers: operationHeaders(call, world, joined) };
  for (const operation of world.operations.running(group.id)) world.operations.preempt(operation, `DELETE ${group.id}`);
  group.state = 'Deleting';
  const operation = world.operations.start(call, {
    kind: 'group.delete',
    form: 'group',
    location: group.location,
    target: group.id,
    work: () => removeGroup(world, group),
    settle(problem) {
      if (problem) group.state = 'Succeeded';
      else world.state.groups.delete(group.id);
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

const all = '/subscriptions/{subscriptionId}/resourcegroups';
const one = `${all}/{group}`;

export const groupRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'resources', answer: put },
  {
    method: 'GET',
    path: one,
    family: 'resources',
    answer: (call, world) => ({ status: 200, body: render(arm.requireGroup(call, world)) }),
  },
  {
    method: 'HEAD',
    path: one,
    family: 'resources',
    answer: (call, world) => ({
      status: world.state.groups.get(arm.groupId(world, call.param('group'))) ? 204 : 404,
    }),
  },
  { method: 'DELETE', path: one, family: 'resources', answer: remove },
  {
    method: 'GET',
    path: all,
    family: 'resources',
    answer(call, world) {
      const matches = matchesTags(call.query.get('$filter'));
      return {
        status: 200,
        body: { value: world.state.groups.list((group) => matches({ type, tags: group.tags })).map(render) },
      };
    },
  },
];
