import type { Json, JsonObject } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import type { Context, SymbolInfo } from '../expressions/context.ts';
import { TemplateError } from '../expressions/template-error.ts';
import type { TemplateFunction } from '../expressions/template-function.ts';
import { isObject, memberOf } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment

type Lookup = Pick<TemplateFunction, 'name' | 'arity'> & { readonly call: (args: Arguments, context: Context) => Json };

const lookups: readonly Lookup[] = [
  { name: 'parameters', arity: [1, 1], call: (args, context) => context.parameter(args.text(0)) },
  { name: 'variables', arity: [1, 1], call: (args, context) => context.variable(args.text(0)) },
  { name: 'subscription', arity: [0, 0], call: (_args, { place }) => place.subscription },
  { name: 'tenant', arity: [0, 0], call: (_args, { place }) => place.tenant },
  { name: 'deployment', arity: [0, 0], call: (_args, { place }) => place.deployment },
  { name: 'environment', arity: [0, 0], call: (_args, { place }) => place.environment },
  {
    name: 'resourceGroup',
    arity: [0, 0],
    call: (_args, { place }) => place.resourceGroup ?? unexpected('resourceGroup'),
  },
  { name: 'copyIndex', arity: [0, 2], call: copyIndex },
  { name: 'reference', arity: [1, 3], call: reference },
  { name: 'references', arity: [1, 2], call: references },
  { name: 'resourceInfo', arity: [1, 1], call: resourceInfo },
  { name: 'pickZones', arity: [3, 5], call: pickZones },
];

export const scopeFunctions: readonly TemplateFunction[] = lookups.map((one) => ({ ...one, isLookup: true }));

function unexpected(name: string): never {
  throw new TemplateError(
    `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-template-expressions for usage details.`,
  );
}

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex(loop)` and `copyIndex(loop, offset)`. */
function copyIndex(args: Arguments, { loops }: Context): number {
  const isNamed = typeof args.any(0) === 'string';
  const name = isNamed ? args.text(0) : undefined;
  const at = isNamed ? 1 : 0;
  const offset = args.count > at ? args.integer(at) : 0;
  const found = loops.findLast((loop) =>
    name === undefined ? loop.isOfResource : loop.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found.index + offset;
  if (name === undefined) return unexpected('copyIndex');
  throw args.fail(`there is no copy loop '${name}' here. Please see https://aka.ms/arm-copy for usage details.`);
}

const isFull = (value: Json): boolean => typeof value === 'string' && value.toLowerCase() === 'full';

/** The resource's properties, or with `'Full'` all of it. */
function reference(args: Arguments, context: Context): Json {
  if (!context.reference) return unexpected('reference');
  const version = isFull(args.any(1)) ? undefined : args.optionalText(1);
  const whole = context.reference({ of: args.text(0), apiVersion: version });
  return isFull(args.any(1)) || isFull(args.any(2)) ? whole : propertiesOf(whole);
}

function references(args: Arguments, context: Context): Json {
  const { symbol, reference: lookup } = context;
  if (!symbol || !lookup) return unexpected('references');
  const found = symbol(args.text(0)).map((one) => lookup({ of: one.symbol, apiVersion: undefined }));
  return isFull(args.any(1)) ? found : found.map(propertiesOf);
}

function propertiesOf(whole: Json): Json {
  return isObject(whole) ? (memberOf(whole, 'properties') ?? {}) : whole;
}

function resourceInfo(args: Arguments, { symbol }: Context): JsonObject {
  if (!symbol) return unexpected('resourceInfo');
  const [found] = symbol(args.text(0));
  return found ? described(found) : unexpected('resourceInfo');
}

function described({ id, name, type, apiVersion }: SymbolInfo): JsonObject {
  return { id, name, type, apiVersion };
}

/** The first zones of a region that has any: as many as asked for, from an offset on. */
function pickZones(args: Arguments, { place }: Context): readonly string[] {
  const location = args.text(2).toLowerCase().replaceAll(' ', '');
  const zones = place.zonesOf(`${args.text(0)}/${args.text(1)}`, location);
  const count = args.count > 3 ? args.integer(3) : 1;
  const offset = args.count > 4 ? args.integer(4) : 0;
  if (zones.length === 0) return [];
  if (count < 1 || offset < 0 || count + offset > zones.length)
    throw args.fail(`the region '${location}' has ${zones.length} zones.`);
  return zones.slice(offset, offset + count);
}
