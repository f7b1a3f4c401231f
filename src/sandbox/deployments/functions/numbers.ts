import type { Json } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';
import { isList } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array#range */
const longestRange = 10_000;

export const numberFunctions: readonly TemplateFunction[] = [
  { name: 'add', arity: [2, 2], call: (args) => exact(args, args.integer(0) + args.integer(1)) },
  { name: 'sub', arity: [2, 2], call: (args) => exact(args, args.integer(0) - args.integer(1)) },
  { name: 'mul', arity: [2, 2], call: (args) => exact(args, args.integer(0) * args.integer(1)) },
  { name: 'div', arity: [2, 2], call: (args) => Math.trunc(args.integer(0) / divisor(args)) },
  { name: 'mod', arity: [2, 2], call: (args) => args.integer(0) % divisor(args) },
  { name: 'int', arity: [1, 1], call: toInteger },
  { name: 'min', arity: [1, many], call: (args) => extreme(args, (one, other) => Math.min(one, other)) },
  { name: 'max', arity: [1, many], call: (args) => extreme(args, (one, other) => Math.max(one, other)) },
  { name: 'range', arity: [2, 2], call: range },
];

/** Azure counts with 64 bits, the sandbox exactly up to 2^53. */
function exact(args: Arguments, value: number): number {
  if (!Number.isSafeInteger(value)) throw args.fail('the result is too large.');
  return value;
}

function divisor(args: Arguments): number {
  const value = args.integer(1);
  if (value === 0) throw args.fail('a number cannot be divided by zero.');
  return value;
}

function toInteger(args: Arguments): number {
  const value = args.any(0);
  if (typeof value === 'number') return Math.trunc(value);
  const text = args.text(0).trim();
  if (!/^[+-]?\d+$/.test(text)) throw args.fail(`the value '${text}' is not an integer.`);
  return exact(args, Number(text));
}

/** Of the arguments, or of one that is an array. */
function extreme(args: Arguments, choose: (one: number, other: number) => number): number {
  const first = args.any(0);
  const values: readonly Json[] = args.count === 1 && isList(first) ? first : args.all;
  let found: number | undefined;
  for (const value of values) {
    if (typeof value !== 'number') throw args.wrong(0, 'Integer, Array of Integer');
    found = found === undefined ? value : choose(found, value);
  }
  if (found === undefined) throw args.fail('the array is empty.');
  return found;
}

function range(args: Arguments): readonly number[] {
  const [start, count] = [args.integer(0), args.integer(1)];
  if (count < 0 || count > longestRange || start + count > 2_147_483_647)
    throw args.fail(
      `the count is to be from 0 to ${longestRange}, and the sum of start index and count no more than 2147483647.`,
    );
  return Array.from({ length: count }, (_value, index) => start + index);
}
