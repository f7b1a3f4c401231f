import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { ResourceGroup } from '../state/resource.ts';
import type { World } from '../world.ts';
import type { Deployment } from './deployment.ts';
import { deploymentNotFound } from './problems.ts';

/** Where deployments are: in a resource group, or in the subscription. */
export interface Scope {
  readonly path: string;
  readonly group: (call: ArmCall, world: World) => ResourceGroup | undefined;
  /** Addresses of the lists of operations. In groups Azure has one of its own. */
  readonly operations: readonly string[];
}

const subscription = '/subscriptions/{subscriptionId}';
const inGroup = `${subscription}/resourcegroups/{group}`;
const provider = 'providers/Microsoft.Resources/deployments';

export const scopes: readonly Scope[] = [
  {
    path: `${inGroup}/${provider}`,
    group: arm.requireGroup,
    operations: [`${inGroup}/deployments/{name}/operations`, `${inGroup}/${provider}/{name}/operations`],
  },
  {
    path: `${subscription}/${provider}`,
    group: () => undefined,
    operations: [`${subscription}/${provider}/{name}/operations`],
  },
];

/** Id of the deployment that the path names. @throws ArmProblem 404 for a group that is not there */
export function idOf(call: ArmCall, world: World, scope: Scope): string {
  const group = scope.group(call, world);
  const root = group ? arm.groupId(world, group.name) : `/subscriptions/${world.identity.subscriptionId}`;
  return `${root}/${provider}/${call.param('name')}`;
}

/** The deployment that the path names, if there is one. */
export function lookUp(call: ArmCall, world: World, scope: Scope): Deployment | undefined {
  return world.state.deployments.get(idOf(call, world, scope));
}

/** @throws ArmProblem 404 */
export function required(call: ArmCall, world: World, scope: Scope): Deployment {
  const found = lookUp(call, world, scope);
  if (!found) throw deploymentNotFound(call.param('name'));
  return found;
}
