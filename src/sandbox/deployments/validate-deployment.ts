import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { renderDeployment } from './deployment.ts';
import { describePlan, plannedResources } from './describe-plan.ts';
import { type DeploymentRequest, planDeployment } from './engine/plan.ts';
import { preflight } from './engine/preflight.ts';
import { Provider } from './engine/provider.ts';

/** Does what accepting a deployment does before anything is deployed, and says what would be. @throws ArmProblem */
export function validateDeployment(
  call: ArmCall,
  world: World,
  wanted: { readonly request: DeploymentRequest; readonly routes: readonly Route[] },
): Answer {
  const plan = planDeployment(world, wanted.request);
  const locations = preflight(plan, new Provider(world, wanted.routes), call.correlationId);
  const planned = describePlan(world, plan, { correlationId: call.correlationId, locations });
  const body = renderDeployment({ ...planned, state: 'Succeeded', validatedResources: plannedResources(plan) });
  return { status: 200, body };
}
