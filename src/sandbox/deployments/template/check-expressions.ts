import type { Json, JsonObject } from '../../json.ts';
import { partsOf } from '../expressions/expression.ts';
import { isExpression, parseExpression } from '../expressions/parse-expression.ts';
import { checkArity } from '../expressions/template-function.ts';
import { isList, isObject } from '../expressions/values.ts';
import { findFunction } from '../functions/table.ts';

/**
 * Parses every expression of a template, those of nested templates among them, and looks for the functions in it.
 *
 * @throws TemplateError for one that is wrong, ArmProblem for a function that the sandbox does not play
 */
export function checkExpressions(template: JsonObject): void {
  for (const text of textsIn(template)) {
    if (!isExpression(text)) continue;
    for (const part of partsOf(parseExpression(text)))
      if (part.kind === 'call') checkArity(findFunction(part.name), part.args.length);
  }
}

function* textsIn(value: Json | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isList(value)) for (const item of value) yield* textsIn(item);
  else if (isObject(value))
    for (const [key, member] of Object.entries(value)) {
      if (key === 'metadata') continue;
      yield key;
      yield* textsIn(member);
    }
}
