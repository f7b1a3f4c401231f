import type { ArmCall, Route } from '../arm/route.ts';
import { notImplemented } from '../arm/problems.ts';
import type { World } from '../world.ts';
import { answerDeploymentStatus } from './answer-status.ts';
import { cancelDeployment, deleteDeployment } from './change-deployment.ts';
import { clientRequest } from './client-request.ts';
import { type Deployment, renderDeployment } from './deployment.ts';
import { listDeployments, listOperations, oneOperation } from './list-deployments.ts';
import { acceptDeployment } from './put-deployment.ts';
import { lookUp, required, type Scope, scopes } from './scope.ts';
import { validateDeployment } from './validate-deployment.ts';

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
        acceptDeployment(
          { call, world, routes: routes(), apiVersion: call.apiVersion },
          clientRequest(call, world, scope),
        ),
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
    { method: 'GET', path: scope.path, family, answer: (call, world) => listDeployments(call, world, scope) },
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
        validateDeployment(call, world, { request: clientRequest(call, world, scope), routes: routes() }),
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
