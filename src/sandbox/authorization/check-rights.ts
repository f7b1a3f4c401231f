import { ArmProblem } from '../arm/problem.ts';
import type { Route } from '../arm/route.ts';
import type { World } from '../world.ts';
import { actionOf } from './action-of.ts';
import { allows } from './permission.ts';

/**
 * Lets a call pass that the principal's roles allow.
 *
 * @throws ArmProblem 403 `AuthorizationFailed`
 */
export function checkRights(
  route: Pick<Route, 'method' | 'path'>,
  call: { readonly path: string; readonly namespace: string | undefined },
  { identity, state }: World,
): void {
  const action = actionOf(route, call.namespace);
  if (action === undefined || allows(state.permissions, action)) return;
  throw new ArmProblem(
    403,
    'AuthorizationFailed',
    `The client '${identity.clientId}' with object id '${identity.principalId}' does not have authorization to perform action '${action}' over scope '${call.path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}
