import type { Json, JsonObject } from '../../json.ts';
import type { Context } from './context.ts';
import { evaluate } from './evaluate.ts';
import { isExpression, literalOf, parseExpression } from './parse-expression.ts';
import { TemplateError } from './template-error.ts';
import { isList, isObject, typeName } from './values.ts';

/** What becomes of a text: its value, or what a look at it finds. */
export type Leaf = (text: string, context: Context) => Json;

/** The value of a text of a template. */
export const valueOfText: Leaf = (text, context) =>
  isExpression(text) ? evaluate(parseExpression(text), context) : literalOf(text);

/** More iterations than resources may be in a template are none of Azure's. */
const maximumCopies = 800;

/** A part of a template with all expressions in it evaluated, and with `copy` in an object carried out. */
export function evaluateJson(value: Json, context: Context, leaf: Leaf = valueOfText): Json {
  context.budget.spend(1);
  if (typeof value === 'string') {
    context.budget.text(value.length);
    return leaf(value, context);
  }
  if (isList(value)) return value.map((item) => evaluateJson(item, context, leaf));
  if (!isObject(value)) return value;
  const copies = copiesOf(value['copy']);
  const members = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
    if (member === undefined || (copies && key === 'copy')) return [];
    return [[keyOf(key, context), evaluateJson(member, context, leaf)]];
  });
  for (const copy of copies ?? []) members.push([copy.name, iterate(copy, context, leaf)]);
  return Object.fromEntries(members);
}

/** An iteration that makes an array: of a property, a variable or an output. */
export interface Copy {
  readonly name: string;
  readonly count: Json;
  readonly input: Json;
  /** True where `copyIndex()` needs no name: in an output, and in a variable that is itself the array. */
  readonly isOfResource?: boolean;
}

/** The array that a `copy` makes. @throws TemplateError for a count that is none */
export function iterate(
  { name, count, input, isOfResource = false }: Copy,
  context: Context,
  leaf: Leaf = valueOfText,
): Json {
  const times = countOf(evaluateJson(count, context), name);
  return Array.from({ length: times }, (_item, index) =>
    evaluateJson(input, { ...context, loops: [...context.loops, { name, index, isOfResource }] }, leaf),
  );
}

/** @throws TemplateError */
export function countOf(count: Json, name: string): number {
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > maximumCopies)
    throw new TemplateError(
      `The 'count' of the copy '${name}' is of type '${typeName(count)}' or out of range: expected an integer from 0 to ${maximumCopies}. Please see https://aka.ms/arm-copy for usage details.`,
    );
  return count;
}

/** The members of a `copy` array; undefined when the member of that name is something else. */
function copiesOf(copy: Json | undefined): readonly Copy[] | undefined {
  if (!isList(copy) || copy.length === 0) return undefined;
  const found = copy.flatMap((item): Copy[] => {
    if (!isObject(item) || typeof item['name'] !== 'string' || item['input'] === undefined) return [];
    return [{ name: item['name'], count: item['count'] ?? null, input: item['input'] }];
  });
  return found.length === copy.length ? found : undefined;
}

/** Names of members may be expressions, as those of tags often are. */
function keyOf(key: string, context: Context): string {
  if (!isExpression(key)) return literalOf(key);
  const value = evaluate(parseExpression(key), context);
  if (typeof value === 'string') return value;
  throw new TemplateError(`The name of a member, '${key}', is of type '${typeName(value)}', and not a string.`);
}

/** The value of a part that has to be a text. @throws TemplateError */
export function evaluateText(text: string, context: Context, what: string): string {
  const value = valueOfText(text, context);
  if (typeof value === 'string') return value;
  throw new TemplateError(`The ${what} '${text}' is of type '${typeName(value)}', and not a string.`);
}

/** An object of a template with all in it evaluated. */
export function evaluateObject(value: JsonObject, context: Context): JsonObject {
  const found = evaluateJson(value, context);
  return isObject(found) ? found : {};
}
