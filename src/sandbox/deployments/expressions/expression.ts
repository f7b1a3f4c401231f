/** A parsed expression of the template language. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'property'; readonly of: Expression; readonly name: string; readonly isSafe: boolean }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression; readonly isSafe: boolean };

/** The expression itself and all within it. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'call') for (const argument of expression.args) yield* partsOf(argument);
  if (expression.kind === 'property' || expression.kind === 'index') yield* partsOf(expression.of);
  if (expression.kind === 'index') yield* partsOf(expression.index);
}
