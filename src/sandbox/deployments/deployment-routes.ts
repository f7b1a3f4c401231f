import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { ArmProblem } from '../arm/problem.ts';
import { notImplemented } from '../arm/problems.ts';
import type { Answer } from '../http/exchange.ts';
import type { ResourceGroup } from '../state/resource.ts';
import type { World } from '../world.ts';
import { answerDeploymentStatus } from './answer-status.ts';
import { cancelDeployment, deleteDeployment } from './change-deployment.ts';
import { type Deployment, renderDeployment, renderOperation } from './deployment.ts';
import type { DeploymentRequest } from './engine/plan.ts';
import { deploymentsOf } from './history.ts';
import { deploymentNotFound, invalidName } from './problems.ts';
import { acceptDeployment } from './put-deployment.ts';
import { readRequest } from './read-request.ts';
import { validateDeployment } from './validate-deployment.ts';

/** Where deployments are: in a resource group, or in the subscription. */
interface Scope {
  readonly path: string;
  readonly group: (call: ArmCall, world: World) => ResourceGroup | undefined;
  /** Addresses of the lists of operations. In groups Azure has one of its own. */
  readonly operations: readonly string[];
}

const subscription = '/subscriptions/{subscriptionId}';
const inGroup = `${subscription}/resourcegroups/{group}`;
const provider = 'providers/Microsoft.Resources/deployments';

const scopes: readonly Scope[] = [
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

/** All that is answered of deployments. @param routes those by which deployments make their resources */
export function deploymentRoutes(routes: () => readonly Route[]): readonly Route[] {
  return scopes.flatMap((scope) => routesOf(scope, routes));
}

function routesOf(scope: Scope, routes: () => readonly Route[]): readonly Route[] {
  const family = 'deployments';
  const one = `${scope.path}/{name}`;
  const find = (call: ArmCall, world: World): Deployment => required(call, world, scope);
  return [
    {
      method: 'PUT',
      path: one,
      family,
      answer: (call, world) =>
        acceptDeployment({ call, world, routes: routes(), apiVersion: call.apiVersion }, requestOf(call, world, scope)),
    },
    {
      method: 'GET',
      path: one,
      family,
      answer: (call, world) => ({ status: 200, body: renderDeployment(find(call, world)) }),
    },
    {
      method: 'HEAD',
      path: one,
      family,
      answer: (call, world) => ({ status: lookUp(call, world, scope) ? 204 : 404 }),
    },
    {
      method: 'DELETE',
      path: one,
      family,
      answer: (call, world) => deleteDeployment(call, world, lookUp(call, world, scope)),
    },
    { method: 'GET', path: scope.path, family, answer: (call, world) => list(call, world, scope) },
    {
      method: 'POST',
      path: `${one}/cancel`,
      family,
      answer: (call, world) => cancelDeployment(world, find(call, world)),
    },
    {
      method: 'POST',
      path: `${one}/validate`,
      family,
      answer: (call, world) =>
        validateDeployment(call, world, { request: requestOf(call, world, scope), routes: routes() }),
    },
    {
      method: 'POST',
      path: `${one}/whatIf`,
      family,
      answer() {
        throw notImplemented('whatIf of deployments');
      },
    },
    {
      method: 'POST',
      path: `${one}/exportTemplate`,
      family,
      answer: (call, world) => ({ status: 200, body: { template: find(call, world).template } }),
    },
    { method: 'GET', path: `${one}/operationStatuses/{operationId}`, family, answer: answerDeploymentStatus },
    ...scope.operations.flatMap((path): Route[] => [
      { method: 'GET', path, family, answer: (call, world) => listOperations(call, find(call, world)) },
      {
        method: 'GET',
        path: `${path}/{operationId}`,
        family,
        answer: (call, world) => oneOperation(call, find(call, world)),
      },
    ]),
  ];
}

function requestOf(call: ArmCall, world: World, scope: Scope): DeploymentRequest {
  const name = call.param('name');
  if (!/^[-\w._()]{1,64}$/u.test(name)) throw invalidName(name);
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
    location:
      read.location === undefined ? undefined : arm.normaliseLocation(read.location, 'Microsoft.Resources/deployments'),
    outer: undefined,
    secrets: [],
  };
}

function idOf(call: ArmCall, world: World, scope: Scope): string {
  const group = scope.group(call, world);
  const root = group ? arm.groupId(world, group.name) : `/subscriptions/${world.identity.subscriptionId}`;
  return `${root}/${provider}/${call.param('name')}`;
}

function lookUp(call: ArmCall, world: World, scope: Scope): Deployment | undefined {
  return world.state.deployments.get(idOf(call, world, scope));
}

function required(call: ArmCall, world: World, scope: Scope): Deployment {
  const found = lookUp(call, world, scope);
  if (!found) throw deploymentNotFound(call.param('name'));
  return found;
}

/** Newest first. */
function list(call: ArmCall, world: World, scope: Scope): Answer {
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

function listOperations(call: ArmCall, deployment: Deployment): Answer {
  const value = top(call, deployment.operations).map((operation) => renderOperation(deployment, operation));
  return { status: 200, body: { value } };
}

function oneOperation(call: ArmCall, deployment: Deployment): Answer {
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
