import type { Json, JsonObject } from '../../json.ts';
import type { Context } from '../expressions/context.ts';
import { type Copy, evaluateJson, iterate } from '../expressions/evaluate-json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { isList, isObject } from '../expressions/values.ts';

/** Gives a variable's value, evaluated when it is first asked for. */
export function createVariables(declared: JsonObject, context: () => Context): (name: string) => Json {
  const variables = declarationsOf(declared);
  const known = new Map<string, Json>();
  const underWay = new Set<string>();
  return (name) => {
    const key = name.toLowerCase();
    const found = known.get(key);
    if (found !== undefined) return found;
    const evaluateIt = variables.get(key);
    if (!evaluateIt)
      throw new TemplateError(
        `The template variable '${name}' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.`,
      );
    if (underWay.has(key)) throw new TemplateError(`The template variable '${name}' refers to itself.`);
    underWay.add(key);
    const value = evaluateIt(context());
    underWay.delete(key);
    known.set(key, value);
    return value;
  };
}

/** Those of `copy` at the top are variables of their own. */
function declarationsOf(declared: JsonObject): ReadonlyMap<string, (context: Context) => Json> {
  const found = new Map<string, (context: Context) => Json>();
  for (const [name, value] of Object.entries(declared)) {
    if (name.toLowerCase() === 'copy' && isList(value)) {
      for (const copy of value.map(parseCopy)) found.set(copy.name.toLowerCase(), (context) => iterate(copy, context));
    } else found.set(name.toLowerCase(), (context) => evaluateJson(value ?? null, context));
  }
  return found;
}

function parseCopy(value: Json): Copy {
  if (!isObject(value) || typeof value['name'] !== 'string' || value['input'] === undefined)
    throw new TemplateError(
      "The 'copy' of the template variables is not valid: each has a 'name', a 'count' and an 'input'. Please see https://aka.ms/arm-copy for usage details.",
    );
  return { name: value['name'], count: value['count'] ?? null, input: value['input'], isOfResource: true };
}
