import type { Json } from '../../json.ts';
import { type Reference, ReferenceNeeded, TemplateError } from '../expressions/template-error.ts';
import type { Context } from '../expressions/context.ts';
import { isObject } from '../expressions/values.ts';
import { findInstances } from '../template/find-instances.ts';
import type { Instance } from '../template/instance.ts';
import type { Plan } from './plan.ts';

/** A resource whose value is wanted. */
export interface Target {
  readonly id: string;
  readonly apiVersion: string;
  /** Undefined for one that is not of this template. */
  readonly instance: Instance | undefined;
}

/** Reads a resource as it is at this moment. @throws ArmProblem when it is not there */
export type Read = (target: Target) => Promise<Json>;

/** The resource that a reference means. @throws TemplateError when none, or more than one */
export function targetOf(plan: Plan, { of, apiVersion }: Reference): Target {
  const found = findInstances(of, plan.instances, plan.request.template.resources);
  const [instance] = found ?? [];
  if (found && found.length !== 1)
    throw new TemplateError(`The reference to '${of}' means ${found.length} resources: name one by its index.`);
  if (instance) return { id: instance.id, apiVersion: apiVersion ?? instance.apiVersion, instance };
  if (!of.startsWith('/'))
    throw new TemplateError(
      `The resource '${of}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.`,
    );
  if (apiVersion === undefined)
    throw new TemplateError(
      `The template resource reference to '${of}' requires an API version. Please see https://aka.ms/arm-template for usage details.`,
    );
  return { id: of, apiVersion, instance: undefined };
}

const keyOf = ({ id, apiVersion }: Target): string => `${id.toLowerCase()}?${apiVersion}`;

/**
 * Evaluates what may refer to resources. Whenever a value is missing, it is read and the evaluation begins anew, with what was read
 * before: so the evaluation itself need not wait.
 */
export async function evaluateWithReferences<T>(
  plan: Plan,
  context: Context,
  work: { readonly evaluate: (context: Context) => T; readonly read: Read },
): Promise<T> {
  const known = new Map<string, Json>();
  for (;;) {
    try {
      return work.evaluate(runtimeContext(plan, context, known));
    } catch (error) {
      if (!(error instanceof ReferenceNeeded)) throw error;
      const target = targetOf(plan, error.reference);
      known.set(keyOf(target), wholeOf(target, await work.read(target), plan));
    }
  }
}

/** A context in which `reference()` gives what is known, and asks for what is not. */
export function runtimeContext(plan: Plan, context: Context, known: ReadonlyMap<string, Json>): Context {
  return {
    ...context,
    reference(wanted) {
      const found = known.get(keyOf(targetOf(plan, wanted)));
      if (found === undefined) throw new ReferenceNeeded(wanted);
      return found;
    },
    symbol(name) {
      const found = findInstances(name, plan.instances, plan.request.template.resources);
      if (!found) throw new TemplateError(`The resource '${name}' is not defined in the template.`);
      return found;
    },
  };
}

/** What `'Full'` gives: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#reference */
function wholeOf({ id, apiVersion, instance }: Target, body: Json, { context }: Plan): Json {
  if (!isObject(body)) return body;
  const { id: _id, name: _name, type: _type, ...rest } = body;
  const [, group] = /\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
  return {
    apiVersion,
    ...rest,
    subscriptionId: context.place.subscriptionId,
    ...(group === undefined ? {} : { resourceGroupName: group }),
    scope: '',
    resourceId: id.split('/providers/').at(-1) ?? id,
    referenceApiVersion: apiVersion,
    condition: true,
    isConditionTrue: true,
    isTemplateResource: instance !== undefined,
    isAction: false,
    provisioningOperation: 'Read',
  };
}
