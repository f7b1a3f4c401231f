import * as arm from '../arm/resources.ts';
import { ArmProblem } from '../arm/problem.ts';
import type { ArmCall } from '../arm/route.ts';
import type { World } from '../world.ts';
import type { DeploymentRequest } from './engine/plan.ts';
import { nameProblem } from './problems.ts';
import { readRequest } from './read-request.ts';
import { idOf, type Scope } from './scope.ts';
import { deploymentType } from './template/template.ts';

/** What a client asks to be deployed. @throws ArmProblem */
export function clientRequest(call: ArmCall, world: World, scope: Scope): DeploymentRequest {
  const name = call.param('name');
  const problem = nameProblem(name);
  if (problem) throw problem;
  const group = scope.group(call, world);
  const read = readRequest(call.body);
  if (!group && read.location === undefined)
    throw new ArmProblem(
      400,
      'InvalidDeployment',
      "The 'location' property must be specified for a deployment at the scope of a subscription.",
    );
  if (group && read.location !== undefined)
    throw new ArmProblem(
      400,
      'InvalidDeployment',
      "The 'location' property is not allowed for a deployment at the scope of a resource group.",
    );
  if (!group && read.mode === 'Complete')
    throw new ArmProblem(400, 'InvalidDeployment', "The mode 'Complete' is only supported in a resource group.");
  return {
    ...read,
    name,
    group,
    id: idOf(call, world, scope),
    location: read.location === undefined ? undefined : arm.normaliseLocation(read.location, deploymentType),
    outer: undefined,
    secrets: [],
  };
}
