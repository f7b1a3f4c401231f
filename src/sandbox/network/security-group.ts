import { randomUUID } from 'node:crypto';
import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { list, object, optional, readOnly } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { refreshFirewalls } from './firewall.ts';
import { usersOfSecurityGroup } from './links.ts';
import { inUse } from './problems.ts';
import { checkRules, renderDefaultRules, renderRule, ruleShape, type SecurityRule } from './security-rule.ts';
import { resourceRoutes } from './resource-routes.ts';

export interface SecurityGroup extends Resource {
  rules: readonly SecurityRule[];
}

export const securityGroupType = 'Microsoft.Network/networkSecurityGroups';

const shape = object({
  ...tracked,
  properties: optional(
    object({
      securityRules: optional(list(ruleShape)),
      defaultSecurityRules: readOnly,
      networkInterfaces: readOnly,
      subnets: readOnly,
      flowLogs: readOnly,
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
  requireIdleNetwork(call, world, base.id);
  const rules = (body.properties?.securityRules ?? []).map((rule) => ({ ...rule, etag: randomUUID() }));
  checkRules(rules);
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
