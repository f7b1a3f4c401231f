import { operationHeaders } from '../arm/operation-answers.ts';
import type { ArmCall } from '../arm/route.ts';
import { timestamp } from '../clock.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import type { Deployment } from './deployment.ts';
import { isActive } from './history.ts';
import { cannotCancel, deploymentActive } from './problems.ts';

/** Ends a deployment that is under way. What its resources' operations do, they go on to do. @throws ArmProblem 409 when it is not */
export function cancelDeployment(world: World, deployment: Deployment): Answer {
  if (!isActive(deployment)) throw cannotCancel(deployment.name, deployment.state);
  for (const operation of world.operations.running(deployment.id))
    world.operations.preempt(operation, `cancel of ${deployment.id}`);
  return { status: 204 };
}

/** Takes a deployment out of the history; its resources stay. @throws ArmProblem 409 while it is under way */
export function deleteDeployment(call: ArmCall, world: World, deployment: Deployment | undefined): Answer {
  if (!deployment) return { status: 204 };
  if (isActive(deployment)) throw deploymentActive(deployment.name, timestamp(deployment.startMs));
  const before = deployment.state;
  deployment.state = 'Deleting';
  const operation = world.operations.start(call, {
    kind: 'deployment.delete',
    form: 'deployment',
    location: deployment.location ?? '',
    target: deployment.id,
    work: async () => undefined,
    settle(problem) {
      if (problem) deployment.state = before;
      else world.state.deployments.delete(deployment.id);
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}
