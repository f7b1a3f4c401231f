import { randomUUID } from 'node:crypto';
import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { notImplemented } from '../arm/problems.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { list, object, optional, readOnly, type Shape } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { checkRules } from './check-rules.ts';
import { renderDefaultRules } from './default-rules.ts';
import { refreshFirewalls } from './firewall.ts';
import { usersOfSecurityGroup } from './links.ts';
import { inUse } from './problems.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';
import { renderRule, ruleShape, type SecurityRule } from './security-rule.ts';

export interface SecurityGroup extends Resource {
  rules: readonly SecurityRule[];
}

export const securityGroupType = 'Microsoft.Network/networkSecurityGroups';

/** With `true` Azure would end connections that a changed rule forbids; the sandbox keeps them. */
const onlyFalse: Shape<false> = {
  parse(value) {
    if (value === false) return value;
    throw notImplemented('security groups that flush connections');
  },
};

const shape = object({
  ...tracked,
  properties: optional(
    object({
      securityRules: optional(list(ruleShape)),
      defaultSecurityRules: readOnly,
      networkInterfaces: readOnly,
      subnets: readOnly,
      flowLogs: readOnly,
      flushConnection: optional(onlyFalse),
      resourceGuid: readOnly,
      provisioningState: readOnly,
    }),
  ),
});

export function renderSecurityGroup(group: SecurityGroup, world: World): unknown {
  const { interfaces, subnets } = usersOfSecurityGroup(world, group.id);
  return {
    ...arm.renderBase(group),
    etag: `W/"${group.etag}"`,
    properties: {
      provisioningState: group.state,
      resourceGuid: arm.guidFor(group.id),
      securityRules: group.rules.map((rule) => renderRule(rule, group)),
      defaultSecurityRules: renderDefaultRules(group),
      ...(interfaces.length === 0 ? {} : { networkInterfaces: interfaces.map((id) => ({ id })) }),
      ...(subnets.length === 0 ? {} : { subnets: subnets.map((id) => ({ id })) }),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'network');
  const existing = world.state.securityGroups.get(arm.resourceIdOf(call, world, securityGroupType));
  const base = arm.identify(call, world, { ...body, type: securityGroupType, existing });
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  const rules = (body.properties?.securityRules ?? []).map((rule) => ({ ...rule, etag: randomUUID() }));
  checkRules(base, rules);
  const resource: SecurityGroup = { ...base, state: 'Updating', rules };
  return acceptPut(call, world, {
    kind: 'securityGroup.put',
    form: 'network',
    resource,
    collection: world.state.securityGroups,
    isNew: !existing,
    render: (group) => renderSecurityGroup(group, world),
    work: () => refreshFirewalls(world, { securityGroup: base.id }),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const group = world.state.securityGroups.get(arm.resourceIdOf(call, world, securityGroupType));
  if (!group) return { status: 204 };
  arm.checkPreconditions(call, group);
  requireIdleNetwork(call, world, group.id);
  const { interfaces, subnets } = usersOfSecurityGroup(world, group.id);
  if (interfaces.length + subnets.length > 0)
    throw inUse('NetworkSecurityGroup', group.id, [...interfaces, ...subnets].join(', '));
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource: group,
    collection: world.state.securityGroups,
  });
}

export const securityGroupRoutes = resourceRoutes({
  type: securityGroupType,
  collection: (world) => world.state.securityGroups,
  render: renderSecurityGroup,
  put,
  remove,
});
