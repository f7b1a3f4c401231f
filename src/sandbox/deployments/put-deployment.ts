import type { Operation } from '../arm/operation.ts';
import { operationHeaders } from '../arm/operation-answers.ts';
import type { ArmProblem } from '../arm/problem.ts';
import type { Route } from '../arm/route.ts';
import { timestamp } from '../clock.ts';
import type { Answer, Call } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { type Deployment, renderDeployment } from './deployment.ts';
import { describePlan } from './describe-plan.ts';
import { type DeploymentRequest, planDeployment } from './engine/plan.ts';
import { preflight } from './engine/preflight.ts';
import { Provider } from './engine/provider.ts';
import { type NestedDeployment, runDeployment } from './engine/run-deployment.ts';
import { forgetOldest, isActive } from './history.ts';
import { nestedRequest } from './nested-request.ts';
import { deploymentActive } from './problems.ts';

/** Everything that accepting a deployment needs besides its request. */
export interface Acceptance {
  readonly call: Call;
  readonly world: World;
  readonly routes: readonly Route[];
  readonly apiVersion: string;
}

/** Accepts a deployment: what can be known beforehand is checked, then it runs. 201 for a new one, else 200. @throws ArmProblem */
export function acceptDeployment(acceptance: Acceptance, request: DeploymentRequest): Answer {
  const { call, world, routes, apiVersion } = acceptance;
  const existing = world.state.deployments.get(request.id);
  if (existing && isActive(existing)) throw deploymentActive(request.name, timestamp(existing.startMs));
  const plan = planDeployment(world, request);
  const provider = new Provider(world, routes);
  const locations = preflight(plan, provider, call.correlationId);
  registerProviders(
    world,
    plan.instances.map(({ type }) => type),
  );
  const deployment = describePlan(world, plan, { correlationId: call.correlationId, locations });
  world.state.deployments.set(deployment);
  forgetOldest(world, deployment);
  const startNested = (nestedCall: Call, nested: NestedDeployment): Answer =>
    acceptDeployment({ ...acceptance, call: nestedCall }, nestedRequest(world, nested));
  const operation: Operation = world.operations.start(call, {
    kind: 'deployment.put',
    form: 'deployment',
    location: request.group?.location ?? request.location ?? '',
    target: deployment.id,
    async work(signal) {
      deployment.state = 'Running';
      // Preempted, or the sandbox is about to end, which its next start finds out.
      signal.addEventListener('abort', () => {
        if (operation.status === 'Canceled') end(world, deployment, 'Canceled');
      });
      await runDeployment({ world, plan, deployment, provider, signal, startNested });
    },
    settle: (problem) => end(world, deployment, problem ? 'Failed' : 'Succeeded', problem),
  });
  return {
    status: existing ? 200 : 201,
    headers: operationHeaders({ method: 'PUT', apiVersion }, world, operation),
    body: renderDeployment(deployment),
  };
}

function end(world: World, deployment: Deployment, state: Deployment['state'], problem?: ArmProblem): void {
  deployment.state = state;
  deployment.endMs = world.clock.nowMs();
  if (problem) deployment.error = problem.body();
}

/** Providers that a template uses are registered: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types */
function registerProviders(world: World, types: readonly string[]): void {
  for (const namespace of [...world.state.unregistered])
    if (types.some((type) => type.toLowerCase().startsWith(`${namespace.toLowerCase()}/`)))
      world.state.unregistered.delete(namespace);
}
