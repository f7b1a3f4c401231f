import * as arm from '../arm/resources.ts';
import { groupNotFound } from '../arm/problems.ts';
import { isObject } from './expressions/values.ts';
import type { World } from '../world.ts';
import type { DeploymentRequest } from './engine/plan.ts';
import type { NestedDeployment } from './engine/run-deployment.ts';
import { readRequest } from './read-request.ts';
import { isOuterScope, nestedTemplate } from './template/nested.ts';

/** A nested deployment's request: its parameters are evaluated, its template is not. @throws ArmProblem */
export function nestedRequest(world: World, { instance, body, context, plan }: NestedDeployment): DeploymentRequest {
  const { id, name, type, declaration } = instance;
  const template = nestedTemplate(type, declaration.body);
  const { properties } = body;
  const inside = isObject(properties) ? properties : {};
  const read = readRequest({ ...body, properties: template === undefined ? inside : { ...inside, template } });
  const [, groupName] = /\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
  const group = groupName === undefined ? undefined : world.state.groups.get(arm.groupId(world, groupName));
  if (groupName !== undefined && !group) throw groupNotFound(groupName);
  return { ...read, id, name, group, outer: isOuterScope(body) ? context : undefined, secrets: plan.secrets };
}
