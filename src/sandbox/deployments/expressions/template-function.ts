import type { Json } from '../../json.ts';
import type { Arguments } from './arguments.ts';
import type { Context } from './context.ts';
import type { Expression } from './expression.ts';
import { TemplateError } from './template-error.ts';

export type Evaluate = (expression: Expression, context: Context) => Json;

interface Named {
  readonly name: string;
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number];
}

/** A function of the template language: most are called with values, a few look at their arguments themselves. */
export type TemplateFunction = Named &
  (
    | {
        readonly call: (args: Arguments, context: Context) => Json;
        /** True when it gives what is there already, and makes nothing. */
        readonly isLookup?: boolean;
      }
    | { readonly lazily: (args: readonly Expression[], context: Context, evaluate: Evaluate) => Json }
  );

export const many = Number.POSITIVE_INFINITY;

/** @throws TemplateError when that many arguments are not what the function takes. */
export function checkArity({ name, arity: [least, most] }: TemplateFunction, count: number): void {
  if (count >= least && count <= most) return;
  const wanted = least === most ? `${least}` : most === many ? `at least ${least}` : `${least} to ${most}`;
  throw new TemplateError(
    `Unable to evaluate template language function '${name}': function requires ${wanted} argument(s) while ${count} were provided. Please see https://aka.ms/arm-functions for usage details.`,
  );
}
