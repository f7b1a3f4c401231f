import { ArmProblem } from '../arm/problem.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { type Deployment, renderDeployment, renderOperation } from './deployment.ts';
import { deploymentsOf } from './history.ts';
import type { Scope } from './scope.ts';

/** A scope's deployments, newest first. @throws ArmProblem 400 for a filter on anything but the state */
export function listDeployments(call: ArmCall, world: World, scope: Scope): Answer {
  const group = scope.group(call, world);
  const filter = call.query.get('$filter');
  const [, state] = /^\s*provisioningState\s+eq\s+'(\w+)'\s*$/i.exec(filter ?? '') ?? [];
  if (filter && state === undefined)
    throw new ArmProblem(
      400,
      'InvalidFilterInQueryString',
      `Invalid $filter '${filter}' specified in the query string.`,
    );
  const found = deploymentsOf(world, group?.name).filter(
    (one) => state === undefined || one.state.toLowerCase() === state.toLowerCase(),
  );
  const newest = [...found].sort((one, other) => other.startMs - one.startMs);
  return { status: 200, body: { value: top(call, newest).map(renderDeployment) } };
}

function top<T>(call: ArmCall, items: readonly T[]): readonly T[] {
  const count = Number(call.query.get('$top') ?? Number.NaN);
  return Number.isInteger(count) && count >= 0 ? items.slice(0, count) : items;
}

/** What a deployment has done so far. */
export function listOperations(call: ArmCall, deployment: Deployment): Answer {
  const value = top(call, deployment.operations).map((operation) => renderOperation(deployment, operation));
  return { status: 200, body: { value } };
}

/** One thing that a deployment has done. @throws ArmProblem 404 */
export function oneOperation(call: ArmCall, deployment: Deployment): Answer {
  const wanted = call.param('operationId').toLowerCase();
  const found = deployment.operations.find(({ operationId }) => operationId.toLowerCase() === wanted);
  if (!found)
    throw new ArmProblem(
      404,
      'DeploymentOperationNotFound',
      `Deployment operation '${call.param('operationId')}' could not be found.`,
    );
  return { status: 200, body: renderOperation(deployment, found) };
}
