import { compareOrder, equalsAny } from './compare.ts';
import { escapeHtml, escapeJs, escapeQuery } from './escape-text.ts';
import { formatValue } from './format-value.ts';
import { indexValue, lengthOf, sliceValue } from './index-functions.ts';
import { printf } from './printf.ts';
import { type GoValue, isTrue } from './value.ts';

/** A function that templates can call. */
export interface TemplateFunction {
  /** The types of the parameters that must be given. `string` is checked before the call. */
  readonly parameters: readonly ('any' | 'string')[];
  /** Whether further arguments may follow. */
  readonly isVariadic: boolean;
  /** @throws FunctionError with the reason, which the template's error then carries. */
  readonly call: (args: readonly GoValue[]) => GoValue;
}

/** Functions by name. */
export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>;

/** A function of exactly one argument of any type. */
export function unary(call: (value: GoValue) => GoValue): TemplateFunction {
  return { parameters: ['any'], isVariadic: false, call: ([value]) => call(value) };
}

function binary(call: (a: GoValue, b: GoValue) => GoValue): TemplateFunction {
  return { parameters: ['any', 'any'], isVariadic: false, call: ([a, b]) => call(a, b) };
}

function variadic(call: (args: readonly GoValue[]) => GoValue): TemplateFunction {
  return { parameters: [], isVariadic: true, call };
}

function withRest(call: (first: GoValue, rest: readonly GoValue[]) => GoValue): TemplateFunction {
  return { parameters: ['any'], isVariadic: true, call: ([first, ...rest]) => call(first, rest) };
}

/** Go's built-in functions (package text/template), without `call`: no value of ours is a function. */
export const BUILTINS: TemplateFunctions = new Map<string, TemplateFunction>([
  // These two stop at the first value that decides; `evaluate.ts` does that, and calls them with what is left.
  ['and', withRest((first, rest) => rest.at(-1) ?? first)],
  ['or', withRest((first, rest) => rest.at(-1) ?? first)],
  ['not', unary((value) => !isTrue(value))],
  ['len', unary(lengthOf)],
  ['index', withRest(indexValue)],
  ['slice', withRest(sliceValue)],
  ['print', variadic(print)],
  ['println', variadic((args) => `${args.map(formatValue).join(' ')}\n`)],
  [
    'printf',
    {
      parameters: ['string'],
      isVariadic: true,
      call: ([format, ...args]) => (typeof format === 'string' ? printf(format, args) : ''),
    },
  ],
  ['html', variadic((args) => escapeHtml(printShown(args)))],
  ['js', variadic((args) => escapeJs(printShown(args)))],
  ['urlquery', variadic((args) => escapeQuery(printShown(args)))],
  ['eq', withRest(equalsAny)],
  ['ne', binary((a, b) => !equalsAny(a, [b]))],
  ['lt', binary((a, b) => compareOrder(a, b) < 0)],
  ['le', binary((a, b) => compareOrder(a, b) <= 0)],
  ['gt', binary((a, b) => compareOrder(a, b) > 0)],
  ['ge', binary((a, b) => compareOrder(a, b) >= 0)],
]);

/** Go's `fmt.Sprint`: a blank between two arguments only when neither is a string. */
function print(args: readonly GoValue[]): string {
  let text = '';
  for (const [index, value] of args.entries()) {
    const between = index > 0 && typeof value !== 'string' && typeof args[index - 1] !== 'string';
    text += (between ? ' ' : '') + formatValue(value);
  }
  return text;
}

/** As {@link print}, with missing values as an action shows them. */
function printShown(args: readonly GoValue[]): string {
  return print(args.map((value) => value ?? '<no value>'));
}
