import type { Json } from '../../json.ts';
import { findFunction } from '../functions/table.ts';
import { Arguments } from './arguments.ts';
import type { Context } from './context.ts';
import type { Expression } from './expression.ts';
import { checkArity } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { isList, isObject, memberOf, typeName } from './values.ts';

/** The value of an expression. @throws TemplateError, ReferenceNeeded, ArmProblem for what the sandbox does not play */
export function evaluate(expression: Expression, context: Context): Json {
  context.budget.spend(1);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call':
      return call(expression.name, expression.args, context);
    case 'property':
      return property(evaluate(expression.of, context), expression.name, expression.isSafe);
    default:
      return indexed(evaluate(expression.of, context), evaluate(expression.index, context), expression.isSafe);
  }
}

function call(name: string, args: readonly Expression[], context: Context): Json {
  const found = findFunction(name);
  checkArity(found, args.length);
  if ('lazily' in found) return found.lazily(args, context, evaluate);
  const values = args.map((argument) => evaluate(argument, context));
  if (found.isLookup) return found.call(new Arguments(found.name, values, context.budget), context);
  // What goes in counts as well as what comes out: a comparison reads all of a list.
  for (const value of values) context.budget.measure(value);
  const result = found.call(new Arguments(found.name, values, context.budget), context);
  context.budget.measure(result);
  return result;
}

function property(of: Json, name: string, isSafe: boolean): Json {
  if (isSafe && of === null) return null;
  if (!isObject(of))
    throw new TemplateError(
      `The language expression property '${name}' can't be evaluated: the value before it is of type '${typeName(of)}', and has no properties.`,
    );
  const found = memberOf(of, name);
  if (found !== undefined) return found;
  if (isSafe) return null;
  throw new TemplateError(
    `The language expression property '${name}' doesn't exist, available properties are '${Object.keys(of).join(', ')}'.`,
  );
}

function indexed(of: Json, index: Json, isSafe: boolean): Json {
  if (isSafe && of === null) return null;
  if (typeof index === 'string') return property(of, index, isSafe);
  if (typeof index !== 'number' || !isList(of))
    throw new TemplateError(
      `The language expression property of type '${typeName(of)}' can't be indexed by a value of type '${typeName(index)}'.`,
    );
  const found = of[index];
  if (found !== undefined) return found;
  if (isSafe) return null;
  throw new TemplateError(`The language expression property array index '${index}' is out of bounds.`);
}
