import { randomUUID } from 'node:crypto';
import { acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { computed } from '../arm/common-shapes.ts';
import { operationHeaders } from '../arm/operation-answers.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { object } from '../shape.ts';
import type { World } from '../world.ts';
import { checkRules } from './check-rules.ts';
import { renderDefaultRules } from './default-rules.ts';
import { refreshFirewalls } from './firewall.ts';
import { type SecurityGroup, securityGroupType } from './security-group.ts';
import { renderRule, rulePropertiesShape, type SecurityRule } from './security-rule.ts';

const shape = object({ ...computed, properties: rulePropertiesShape });

const groupOf = (call: ArmCall, world: World): SecurityGroup =>
  arm.requireResource(call, world, world.state.securityGroups, securityGroupType);

const find = (group: SecurityGroup, call: ArmCall): SecurityRule | undefined =>
  group.rules.find(({ name }) => name.toLowerCase() === call.param('rule').toLowerCase());

function put(call: ArmCall, world: World): Answer {
  const group = groupOf(call, world);
  const { properties } = readBody(call, shape, 'network');
  requireIdleNetwork(call, world, group.id);
  const existing = find(group, call);
  const rule: SecurityRule = { name: existing?.name ?? call.param('rule'), etag: randomUUID(), properties };
  const rules = existing ? group.rules.map((one) => (one === existing ? rule : one)) : [...group.rules, rule];
  checkRules(group, rules);
  group.rules = rules;
  // A rule is part of its group: with it the group is another.
  group.etag = randomUUID();
  group.state = 'Updating';
  return acceptPut(call, world, {
    kind: 'securityGroup.put',
    form: 'network',
    resource: group,
    collection: world.state.securityGroups,
    isNew: !existing,
    render: () => renderRule(rule, group),
    work: () => refreshFirewalls(world, { securityGroup: group.id }),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const group = world.state.securityGroups.get(arm.resourceIdOf(call, world, securityGroupType));
  const rule = group && find(group, call);
  if (!group || !rule) return { status: 204 };
  requireIdleNetwork(call, world, group.id);
  group.state = 'Updating';
  group.etag = randomUUID();
  group.rules = group.rules.filter((one) => one !== rule);
  const operation = world.operations.start(call, {
    kind: 'network.delete',
    form: 'network',
    location: group.location,
    target: group.id,
    work: () => refreshFirewalls(world, { securityGroup: group.id }),
    settle(problem) {
      group.state = problem ? 'Failed' : 'Succeeded';
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

const inGroup =
  '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Network/networkSecurityGroups/{name}';
const one = `${inGroup}/securityRules/{rule}`;

export const ruleRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'network', answer: put },
  { method: 'DELETE', path: one, family: 'network', answer: remove },
  {
    method: 'GET',
    path: one,
    family: 'network',
    answer(call, world) {
      const group = groupOf(call, world);
      const rule = find(group, call);
      if (!rule)
        throw new ArmProblem(404, 'NotFound', `Resource ${group.id}/securityRules/${call.param('rule')} not found.`);
      return { status: 200, body: renderRule(rule, group) };
    },
  },
  {
    method: 'GET',
    path: `${inGroup}/securityRules`,
    family: 'network',
    answer(call, world) {
      const group = groupOf(call, world);
      return { status: 200, body: { value: group.rules.map((rule) => renderRule(rule, group)) } };
    },
  },
  {
    method: 'GET',
    path: `${inGroup}/defaultSecurityRules`,
    family: 'network',
    answer: (call, world) => ({ status: 200, body: { value: renderDefaultRules(groupOf(call, world)) } }),
  },
];
