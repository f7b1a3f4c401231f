import { evaluateJson, evaluateText } from '../expressions/evaluate-json.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { partsOf } from '../expressions/expression.ts';
import { isExpression, parseExpression } from '../expressions/parse-expression.ts';
import { ReferenceNeeded, TemplateError } from '../expressions/template-error.ts';
import { isRuntimeFunction } from '../functions/table.ts';
import type { Json } from '../../json.ts';
import { findInstances } from './find-instances.ts';
import type { Instance } from './instance.ts';
import { outerBody } from './nested.ts';
import type { ResourceDeclaration } from './template.ts';

/** More ways to wait than this are nobody's template, and would fill the answers. */
const maximumLinks = 20_000;

/** What each resource waits for. */
export type Dependencies = ReadonlyMap<Instance, readonly Instance[]>;

/** From `dependsOn`, from `reference()` and from serial loops. @throws TemplateError for what is not there, and for cycles */
export function resolveDependencies(
  instances: readonly Instance[],
  declarations: readonly ResourceDeclaration[],
): Dependencies {
  const find = (text: string) => {
    instances[0]?.context.budget.spend(instances.length);
    return findInstances(text, instances, declarations);
  };
  const found = new Map<Instance, readonly Instance[]>();
  let links = 0;
  for (const instance of instances) {
    const named = instance.declaration.dependsOn.flatMap((text) => {
      const wanted = evaluateText(text, instance.context, 'dependsOn');
      const those = find(wanted);
      if (those) return those;
      throw new TemplateError(
        `The resource '${wanted}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.`,
      );
    });
    const referred = referencesOf(instance).flatMap((text) => find(text) ?? []);
    const all = new Set([
      ...named,
      ...referred.filter((other) => other !== instance),
      ...batchBefore(instance, instances),
    ]);
    links += all.size;
    if (links > maximumLinks)
      throw new TemplateError(`The resources of the template wait for each other in more than '${maximumLinks}' ways.`);
    found.set(instance, [...all]);
  }
  refuseCycles(found);
  return found;
}

/** Of a serial loop, one batch waits for the one before. */
function batchBefore({ declaration, index = 0 }: Instance, instances: readonly Instance[]): readonly Instance[] {
  const { copy } = declaration;
  if (!copy?.isSerial) return [];
  const batch = Math.floor(index / copy.batchSize);
  return instances.filter(
    (other) => other.declaration === declaration && Math.floor((other.index ?? 0) / copy.batchSize) === batch - 1,
  );
}

/** What `reference()` names in a resource, in any branch. */
function referencesOf({ declaration, type, context }: Instance): readonly string[] {
  const found: string[] = [];
  evaluateJson(outerBody(type, declaration.body), context, (text, around): Json => {
    if (!isExpression(text)) return null;
    for (const part of partsOf(parseExpression(text))) {
      const [argument] = part.kind === 'call' && isRuntimeFunction(part.name) ? part.args : [];
      if (!argument) continue;
      try {
        const value = evaluate(argument, around);
        if (typeof value === 'string') found.push(value);
      } catch (error) {
        // Only to be known later, or wrong, which is told where it is evaluated.
        if (!(error instanceof TemplateError) && !(error instanceof ReferenceNeeded)) throw error;
      }
    }
    return null;
  });
  return found;
}

function refuseCycles(dependencies: Dependencies): void {
  const done = new Set<Instance>();
  const path = new Set<Instance>();
  const visit = (instance: Instance): void => {
    if (done.has(instance)) return;
    if (path.has(instance))
      throw new TemplateError(
        `Circular dependency detected on resource: '${instance.id}'. Please see https://aka.ms/arm-syntax-resources for usage details.`,
      );
    path.add(instance);
    for (const other of dependencies.get(instance) ?? []) visit(other);
    path.delete(instance);
    done.add(instance);
  };
  for (const instance of dependencies.keys()) visit(instance);
}
