import type { Json } from '../../json.ts';
import type { Context } from '../expressions/context.ts';
import type { Expression } from '../expressions/expression.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { type Evaluate, type TemplateFunction, many } from '../expressions/template-function.ts';
import { isList, toText, typeName } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda

export const lambdaFunctions: readonly TemplateFunction[] = [
  iteration('filter', (list, [keep]) => list.filter((item, index) => flag('filter', keep?.(item, index)))),
  iteration('map', (list, [change]) => list.map((item, index) => change?.(item, index) ?? null)),
  iteration('sort', (list, [isBefore]) =>
    list.toSorted((one, other) =>
      flag('sort', isBefore?.(one, other)) ? -1 : flag('sort', isBefore?.(other, one)) ? 1 : 0,
    ),
  ),
  {
    name: 'toObject',
    arity: [2, 3],
    lazily(args, context, evaluate) {
      const key = lambda(args[1], context, evaluate);
      const value = args.length > 2 ? lambda(args[2], context, evaluate) : undefined;
      const members = listOf('toObject', args, context, evaluate).map((item, index): [string, Json] => [
        toText(key(item, index)),
        value ? value(item, index) : item,
      ]);
      const made = Object.fromEntries(members);
      context.budget.measure(made);
      return made;
    },
  },
  {
    name: 'reduce',
    arity: [3, 3],
    lazily(args, context, evaluate) {
      const add = lambda(args[2], context, evaluate);
      const start: Json = args[1] ? evaluate(args[1], context) : null;
      return listOf('reduce', args, context, evaluate).reduce<Json>((sum, item) => add(sum, item), start);
    },
  },
  {
    name: 'lambdaVariables',
    arity: [1, 1],
    call(args, context) {
      const found = context.lambdaVariables.get(args.text(0).toLowerCase());
      if (found === undefined) throw args.fail(`there is no lambda variable '${args.text(0)}' here.`);
      return found;
    },
  },
  {
    name: 'lambda',
    arity: [1, many],
    lazily() {
      throw new TemplateError(
        "The template function 'lambda' is not expected at this location. It is an argument of filter, map, sort, reduce and toObject.",
      );
    },
  },
];

type Lambda = (...values: readonly Json[]) => Json;

function iteration(name: string, work: (list: readonly Json[], lambdas: readonly Lambda[]) => Json): TemplateFunction {
  return {
    name,
    arity: [2, 2],
    lazily(args, context, evaluate) {
      const made = work(listOf(name, args, context, evaluate), [lambda(args[1], context, evaluate)]);
      context.budget.measure(made);
      return made;
    },
  };
}

function listOf(name: string, args: readonly Expression[], context: Context, evaluate: Evaluate): readonly Json[] {
  const value = args[0] ? evaluate(args[0], context) : null;
  if (isList(value)) return value;
  throw new TemplateError(
    `The template language function '${name}' expects its first parameter to be of type 'Array'. The provided value is of type '${typeName(value)}'.`,
  );
}

/** `lambda('a', 'b', body)`. Values beyond the names are left out: the index, which few ask for, comes last. */
function lambda(expression: Expression | undefined, context: Context, evaluate: Evaluate): Lambda {
  if (expression?.kind !== 'call' || expression.name.toLowerCase() !== 'lambda')
    throw new TemplateError("The template language function expects a 'lambda' here.");
  const names = expression.args.slice(0, -1).map((name) => toText(evaluate(name, context)).toLowerCase());
  const body = expression.args.at(-1);
  return (...values) => {
    const own = names.map((name, index): [string, Json] => [name, values[index] ?? null]);
    return body ? evaluate(body, { ...context, lambdaVariables: new Map([...context.lambdaVariables, ...own]) }) : null;
  };
}

function flag(name: string, value: Json | undefined): boolean {
  if (typeof value === 'boolean') return value;
  throw new TemplateError(`The lambda of the template language function '${name}' is to give a boolean.`);
}
