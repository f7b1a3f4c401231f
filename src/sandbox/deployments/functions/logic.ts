import type { Json } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import type { Context } from '../expressions/context.ts';
import type { Expression } from '../expressions/expression.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { type Evaluate, many, type TemplateFunction } from '../expressions/template-function.ts';
import { fingerprint, typeName } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-logical
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison

export const logicFunctions: readonly TemplateFunction[] = [
  { name: 'and', arity: [2, many], call: (args) => args.all.every((_value, index) => args.flag(index)) },
  { name: 'or', arity: [2, many], call: (args) => args.all.some((_value, index) => args.flag(index)) },
  { name: 'not', arity: [1, 1], call: (args) => !args.flag(0) },
  { name: 'bool', arity: [1, 1], call: toFlag },
  { name: 'true', arity: [0, 0], call: () => true },
  { name: 'false', arity: [0, 0], call: () => false },
  { name: 'null', arity: [0, 0], call: () => null },
  { name: 'if', arity: [3, 3], lazily: choose },
  { name: 'coalesce', arity: [1, many], call: (args) => args.all.find((value) => value !== null) ?? null },
  { name: 'equals', arity: [2, 2], call: (args) => fingerprint(args.any(0)) === fingerprint(args.any(1)) },
  { name: 'less', arity: [2, 2], call: (args) => order(args) < 0 },
  { name: 'lessOrEquals', arity: [2, 2], call: (args) => order(args) <= 0 },
  { name: 'greater', arity: [2, 2], call: (args) => order(args) > 0 },
  { name: 'greaterOrEquals', arity: [2, 2], call: (args) => order(args) >= 0 },
];

function toFlag(args: Arguments): boolean {
  const value = args.any(0);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  const word = args.text(0).toLowerCase();
  if (word !== 'true' && word !== 'false') throw args.fail(`the value '${args.text(0)}' is neither true nor false.`);
  return word === 'true';
}

/** Only the branch that is taken is evaluated. */
function choose(args: readonly Expression[], context: Context, evaluate: Evaluate): Json {
  const [condition, whenTrue, whenFalse] = args;
  if (!condition || !whenTrue || !whenFalse) return null;
  const value = evaluate(condition, context);
  if (typeof value !== 'boolean')
    throw new TemplateError(
      `The template language function 'if' expects its first parameter to be of type 'Boolean'. The provided value is of type '${typeName(value)}'. Please see https://aka.ms/arm-functions for usage details.`,
    );
  return evaluate(value ? whenTrue : whenFalse, context);
}

/** Two integers, or two texts by their characters. */
function order(args: Arguments): number {
  if (typeof args.any(0) === 'number') return args.integer(0) - args.integer(1);
  const [one, other] = [args.text(0), args.text(1)];
  return one === other ? 0 : one < other ? -1 : 1;
}
