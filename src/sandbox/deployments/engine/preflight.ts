import { ArmProblem } from '../../arm/problem.ts';
import { normaliseLocation } from '../../arm/resources.ts';
import { requireSize } from '../../compute/require-size.ts';
import type { Json, JsonObject } from '../../json.ts';
import { evaluateObject } from '../expressions/evaluate-json.ts';
import { ReferenceNeeded, TemplateError } from '../expressions/template-error.ts';
import { isList, isObject } from '../expressions/values.ts';
import { maskProblem } from '../mask.ts';
import { invalidDeployment, invalidExpression } from '../problems.ts';
import { isSame, type Instance } from '../template/instance.ts';
import { isNested, outerBody } from '../template/nested.ts';
import type { Plan } from './plan.ts';
import type { Provider } from './provider.ts';
import { runtimeContext } from './references.ts';

/**
 * What is found before anything is deployed: types and api-versions that nobody answers, expressions that fail, places that are
 * none, and sizes that the subscription cannot have. Gives the places that resources go to, where they are known already.
 *
 * @throws ArmProblem
 */
export function preflight(plan: Plan, provider: Provider, trackingId: string): ReadonlyMap<Instance, string> {
  const locations = new Map<Instance, string>();
  const details: ArmProblem[] = [];
  for (const instance of plan.instances.filter(({ isDeployed }) => isDeployed)) {
    provider.requireType(instance.id, instance.apiVersion);
    const body = bodyOf(plan, instance);
    if (!body) continue;
    const { location } = body;
    if (typeof location === 'string') {
      if (!isNested(instance.type)) normaliseLocation(location, instance.type);
      locations.set(instance, location);
    }
    const problem = sizeProblem(instance, body);
    if (problem) details.push(problem);
  }
  if (details.length > 0) throw invalidDeployment(plan.request.name, trackingId, details);
  return locations;
}

/** The body as far as it can be known; undefined when it takes the values of other resources. */
function bodyOf(plan: Plan, { declaration, type, id, context }: Instance): JsonObject | undefined {
  try {
    return evaluateObject(outerBody(type, declaration.body), runtimeContext(plan, context, new Map()));
  } catch (error) {
    if (error instanceof ReferenceNeeded) return undefined;
    if (error instanceof TemplateError) throw maskProblem(invalidExpression(id, error.message), plan.secrets);
    throw error;
  }
}

/** Azure asks Microsoft.Compute whether it could make a machine of that size at that place. */
function sizeProblem({ type, id }: Instance, { properties, location, zones }: JsonObject): ArmProblem | undefined {
  if (!isSame(type, 'Microsoft.Compute/virtualMachines') || typeof location !== 'string' || !isObject(properties))
    return undefined;
  const hardware = properties['hardwareProfile'];
  const size = isObject(hardware) ? hardware['vmSize'] : undefined;
  if (typeof size !== 'string') return undefined;
  try {
    requireSize(size, { location: normaliseLocation(location, type), zones: textsOf(zones) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmProblem)) throw error;
    return new ArmProblem(error.status, error.code, error.message, { target: error.target ?? id });
  }
}

function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}
