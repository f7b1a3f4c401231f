import { checkRights } from '../authorization/check-rights.ts';
import type { Answer, Call } from '../http/exchange.ts';
import { checkPolicies } from '../policy/check-policies.ts';
import type { World } from '../world.ts';
import { apiVersions, type Family } from './api-versions.ts';
import * as problems from './problems.ts';
import type { ArmCall } from './route.ts';
import type { Found } from './router.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks what ARM checks before a resource provider is asked, then lets the route answer.
 *
 * @throws ArmProblem
 */
export async function dispatch(call: Call, world: World, find: (call: Call) => Found | undefined): Promise<Answer> {
  const apiVersion = call.query.get('api-version') ?? '';
  if (apiVersion === '') throw problems.missingApiVersion();
  const found = find(call);
  if (!found) throw problems.notImplemented(`${call.method} ${call.path}`);
  const { route, params } = found;
  checkVersion(route.family, route.path, apiVersion);
  checkSubscription(params.get('subscriptionId'), world);
  checkRights(route, { path: call.path, namespace: params.get('namespace') }, world);
  checkRegistration(call, route.path, world);
  checkPolicies(call, world);
  const armCall: ArmCall = {
    ...call,
    apiVersion,
    param(name) {
      const value = params.get(name);
      if (value === undefined) throw new Error(`Route ${route.path} has no parameter ${name}`);
      return value;
    },
  };
  const answer = await route.answer(armCall, world);
  if (armCall.operation !== undefined) call.operation = armCall.operation;
  return answer;
}

/** @throws ArmProblem 400 for an api-version that the sandbox does not answer */
export function checkVersion(family: Family, path: string, version: string): void {
  const supported = apiVersions[family];
  if (supported.includes(version)) return;
  throw problems.unknownApiVersion(typeOf(path), version, supported);
}

/** `virtualMachines/extensions` of `…/providers/Microsoft.Compute/virtualMachines/{vm}/extensions/{name}`. */
function typeOf(path: string): string {
  const inside = path.split('/providers/Microsoft.')[1];
  if (inside === undefined) return '';
  return inside
    .split('/')
    .slice(1)
    .filter((segment) => !segment.startsWith('{'))
    .join('/');
}

function checkSubscription(subscription: string | undefined, world: World): void {
  if (subscription === undefined) return;
  if (!uuid.test(subscription)) throw problems.invalidSubscriptionId(subscription);
  if (subscription.toLowerCase() !== world.identity.subscriptionId) throw problems.subscriptionNotFound(subscription);
}

function checkRegistration(call: Call, path: string, world: World): void {
  const namespace = /\/providers\/(Microsoft\.\w+)\//.exec(path)?.[1];
  if (namespace !== undefined && call.method === 'PUT' && world.state.unregistered.has(namespace))
    throw problems.missingRegistration(namespace);
}
