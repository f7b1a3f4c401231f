import { ArmProblem } from '../arm/problem.ts';
import { notImplemented } from '../arm/problems.ts';
import { readBody } from '../arm/read-body.ts';
import { requireGroup } from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { anyObject, flag, list, object, optional, text } from '../shape.ts';
import type { World } from '../world.ts';
import { assignmentId, definitionId } from './check-policies.ts';
import { holds } from './evaluate.ts';

const shape = object({
  resourceDetails: object({ resourceContent: anyObject, apiVersion: optional(text), scope: optional(text) }),
  pendingFields: optional(list(object({ field: text, values: optional(list(text)) }))),
  includeAuditEffect: optional(flag),
});

function check(call: ArmCall, world: World): Answer {
  const { resourceDetails, pendingFields = [], includeAuditEffect = false } = readBody(call, shape, 'resources');
  const { resourceContent: content } = resourceDetails;
  if (typeof content['type'] !== 'string')
    throw new ArmProblem(400, 'InvalidCheckRestrictionsRequest', "The 'type' of the resource content is missing.");
  if (pendingFields.length > 0) throw notImplemented('pendingFields of checkPolicyRestrictions');
  const found = world.state.policies.filter(
    (policy) => (policy.effect === 'Deny' || includeAuditEffect) && holds(policy.if, content),
  );
  const policyEvaluations = found.map((policy) => ({
    policyInfo: { policyDefinitionId: definitionId(world, policy), policyAssignmentId: assignmentId(world, policy) },
    evaluationResult: 'NonCompliant',
    evaluationDetails: { evaluatedExpressions: [] },
    effectDetails: { policyEffect: policy.effect },
  }));
  return { status: 200, body: { fieldRestrictions: [], contentEvaluationResult: { policyEvaluations } } };
}

const here = 'providers/Microsoft.PolicyInsights/checkPolicyRestrictions';

/** What policies would do to a resource: https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions */
export const restrictionRoutes: readonly Route[] = [
  { method: 'POST', path: `/subscriptions/{subscriptionId}/${here}`, family: 'policyInsights', answer: check },
  {
    method: 'POST',
    path: `/subscriptions/{subscriptionId}/resourceGroups/{group}/${here}`,
    family: 'policyInsights',
    answer(call, world) {
      requireGroup(call, world);
      return check(call, world);
    },
  },
];
