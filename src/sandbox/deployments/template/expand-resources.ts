import type { Context, Loop } from '../expressions/context.ts';
import { countOf, evaluateJson, evaluateText } from '../expressions/evaluate-json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { typeName } from '../expressions/values.ts';
import type { Instance } from './instance.ts';
import type { ResourceDeclaration } from './template.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const maximumResources = 800;

/** All resources of a template, with loops carried out and conditions decided. @throws TemplateError */
export function expandResources(declarations: readonly ResourceDeclaration[], context: Context): readonly Instance[] {
  const found: Instance[] = [];
  for (const declaration of declarations) {
    found.push(...instancesOf(declaration, context));
    if (found.length > maximumResources)
      throw new TemplateError(
        `The number of template resources limit exceeded. Limit: '${maximumResources}' and actual: at least '${found.length}'. Please see https://aka.ms/arm-template-limits for usage details.`,
      );
  }
  refuseTwins(found);
  return found;
}

function instancesOf(declaration: ResourceDeclaration, context: Context): readonly Instance[] {
  const { copy } = loopOf(declaration);
  if (!copy) return [instanceOf(declaration, context, undefined)];
  const count = countOf(evaluateJson(copy.count, context), copy.name);
  return Array.from({ length: count }, (_item, index) => {
    const loop: Loop = { name: copy.name, index, isOfResource: true };
    return instanceOf(declaration, { ...context, loops: [...context.loops, loop] }, index);
  });
}

/** A nested resource is there as often as its parent. */
function loopOf(declaration: ResourceDeclaration): ResourceDeclaration {
  return declaration.parent ? loopOf(declaration.parent) : declaration;
}

function instanceOf(declaration: ResourceDeclaration, context: Context, index: number | undefined): Instance {
  const type = wholeType(declaration, context);
  const name = wholeName(declaration, context);
  const { symbol, isExisting } = declaration;
  const id = idOf(declaration, { type, name }, context);
  return {
    declaration,
    index,
    context,
    type,
    name,
    id,
    apiVersion: evaluateText(declaration.apiVersion, context, 'apiVersion'),
    symbol: symbol === undefined ? id : index === undefined ? symbol : `${symbol}[${index}]`,
    isDeployed: !isExisting && conditionOf(declaration, context),
  };
}

function wholeType({ type, parent }: ResourceDeclaration, context: Context): string {
  const own = evaluateText(type, context, 'resource type');
  return parent ? `${wholeType(parent, context)}/${own}` : own;
}

function wholeName({ name, parent }: ResourceDeclaration, context: Context): string {
  const own = evaluateText(name, context, 'resource name');
  return parent ? `${wholeName(parent, context)}/${own}` : own;
}

function conditionOf({ condition, name }: ResourceDeclaration, context: Context): boolean {
  const value = evaluateJson(condition, context);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new TemplateError(
    `The 'condition' of the resource '${name}' is of type '${typeName(value)}', and not a boolean.`,
  );
}

function idOf(
  { resourceGroup, subscriptionId }: ResourceDeclaration,
  { type, name }: { readonly type: string; readonly name: string },
  context: Context,
): string {
  const [namespace = '', ...types] = type.split('/');
  const names = name.split('/');
  if (types.length !== names.length || types.length === 0 || names.some((segment) => segment === ''))
    throw new TemplateError(
      `The template resource '${name}' for type '${type}' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    );
  const subscription =
    subscriptionId === undefined
      ? context.place.subscriptionId
      : evaluateText(subscriptionId, context, 'subscriptionId');
  const root = `/subscriptions/${subscription}`;
  if (type.toLowerCase() === 'microsoft.resources/resourcegroups') return `${root}/resourceGroups/${name}`;
  const group =
    resourceGroup === undefined ? context.place.targetGroup : evaluateText(resourceGroup, context, 'resourceGroup');
  // Another subscription without a group in it is where the subscription's own deployments are.
  const isAtSubscription = group === undefined || (subscriptionId !== undefined && resourceGroup === undefined);
  const scope = isAtSubscription ? root : `${root}/resourceGroups/${group}`;
  return `${scope}/providers/${[namespace, ...types.flatMap((word, index) => [word, names[index] ?? ''])].join('/')}`;
}

/** Two that exist already may be the same. */
function refuseTwins(instances: readonly Instance[]): void {
  const seen = new Set<string>();
  for (const { id, declaration, isDeployed } of instances) {
    if (declaration.isExisting || !isDeployed) continue;
    if (seen.has(id.toLowerCase()))
      throw new TemplateError(
        `The resource '${id}' is defined multiple times in a template. Please see https://aka.ms/arm-syntax-resources for usage details.`,
      );
    seen.add(id.toLowerCase());
  }
}
