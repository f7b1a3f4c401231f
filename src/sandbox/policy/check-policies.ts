import { ArmProblem } from '../arm/problem.ts';
import type { Call } from '../http/exchange.ts';
import { isRecord } from '../json.ts';
import type { World } from '../world.ts';
import { holds } from './evaluate.ts';

/** `…/providers/NAMESPACE/TYPE/NAME[/TYPE/NAME]`, or a resource group. */
const resource = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+)\/(.+))?$/i;

/**
 * Refuses the request for a resource that a policy denies.
 *
 * @throws ArmProblem 403 `RequestDisallowedByPolicy`
 */
export function checkPolicies({ method, path, body }: Call, world: World): void {
  if (method !== 'PUT' || world.state.policies.length === 0 || !isRecord(body)) return;
  const content = contentOf(path, body);
  const denied = world.state.policies.find((one) => one.effect === 'Deny' && content && holds(one.if, content));
  if (denied === undefined || content === undefined) return;
  const ids = { policyDefinition: definitionId(world, denied), policyAssignment: assignmentId(world, denied) };
  const identifiers = JSON.stringify([
    { policyAssignment: ids.policyAssignment, policyDefinition: ids.policyDefinition },
  ]);
  throw new ArmProblem(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${String(content['name'])}' was disallowed by policy. Policy identifiers: '${identifiers}'.`,
    { target: String(content['name']) },
  );
}

function contentOf(path: string, body: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const [, group = '', namespace, rest = ''] = resource.exec(path) ?? [];
  if (group === '') return undefined;
  if (namespace === undefined)
    return { ...body, type: 'Microsoft.Resources/subscriptions/resourceGroups', name: decodeURIComponent(group) };
  const segments = rest.split('/');
  const types = segments.filter((_, index) => index % 2 === 0);
  return { ...body, type: [namespace, ...types].join('/'), name: decodeURIComponent(segments.at(-1) ?? '') };
}

export function definitionId({ identity }: World, { definition }: { readonly definition: string }): string {
  return `/subscriptions/${identity.subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/${definition}`;
}

export function assignmentId({ identity }: World, { name }: { readonly name: string }): string {
  return `/subscriptions/${identity.subscriptionId}/providers/Microsoft.Authorization/policyAssignments/${name}`;
}
