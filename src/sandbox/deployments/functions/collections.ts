import type { Json } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';
import { fingerprint, isList, isObject, memberOf } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array

export const collectionFunctions: readonly TemplateFunction[] = [
  { name: 'array', arity: [1, 1], call: (args) => (isList(args.any(0)) ? args.any(0) : [args.any(0)]) },
  { name: 'concat', arity: [0, many], call: concat },
  { name: 'contains', arity: [2, 2], call: contains },
  { name: 'createArray', arity: [0, many], call: (args) => args.all },
  { name: 'empty', arity: [1, 1], call: (args) => args.any(0) === null || lengthOf(args) === 0 },
  { name: 'first', arity: [1, 1], call: (args) => sequence(args)[0] ?? (typeof args.any(0) === 'string' ? '' : null) },
  {
    name: 'last',
    arity: [1, 1],
    call: (args) => sequence(args).at(-1) ?? (typeof args.any(0) === 'string' ? '' : null),
  },
  { name: 'indexOf', arity: [2, 2], call: (args) => place(args, 'first') },
  { name: 'lastIndexOf', arity: [2, 2], call: (args) => place(args, 'last') },
  { name: 'flatten', arity: [1, 1], call: (args) => args.list(0).flatMap((item) => (isList(item) ? item : [item])) },
  { name: 'length', arity: [1, 1], call: lengthOf },
  { name: 'skip', arity: [2, 2], call: (args) => cut(args, Math.max(0, args.integer(1)), many) },
  { name: 'take', arity: [2, 2], call: (args) => cut(args, 0, Math.max(0, args.integer(1))) },
  { name: 'indexFromEnd', arity: [2, 2], call: indexFromEnd },
  { name: 'tryIndexFromEnd', arity: [2, 2], call: (args) => args.list(0).at(-args.integer(1)) ?? null },
];

/** Of arrays when the first is one, else of texts. */
function concat(args: Arguments): Json {
  if (isList(args.any(0))) return args.all.flatMap((_item, index) => args.list(index));
  const parts = args.all.map((_item, index) => args.scalar(index));
  args.budget.text(parts.reduce((total, part) => total + part.length, 0));
  return parts.join('');
}

function contains(args: Arguments): boolean {
  const [container, wanted] = [args.any(0), args.any(1)];
  if (typeof container === 'string') return container.includes(args.scalar(1));
  if (isObject(container)) return memberOf(container, args.scalar(1)) !== undefined;
  const mark = fingerprint(wanted);
  return args.list(0).some((item) => fingerprint(item) === mark);
}

function lengthOf(args: Arguments): number {
  const value = args.any(0);
  if (isObject(value)) return Object.keys(value).length;
  return typeof value === 'string' ? value.length : args.list(0).length;
}

function sequence(args: Arguments): readonly Json[] {
  const value = args.any(0);
  return typeof value === 'string' ? [value.charAt(0), value.charAt(value.length - 1)] : args.list(0);
}

/** Of a text without regard to case, of an array's item with. */
function place(args: Arguments, which: 'first' | 'last'): number {
  const value = args.any(0);
  if (typeof value === 'string') {
    const [text, wanted] = [value.toLowerCase(), args.text(1).toLowerCase()];
    return which === 'first' ? text.indexOf(wanted) : text.lastIndexOf(wanted);
  }
  const marks = args.list(0).map(fingerprint);
  const wanted = fingerprint(args.any(1));
  return which === 'first' ? marks.indexOf(wanted) : marks.lastIndexOf(wanted);
}

function cut(args: Arguments, from: number, to: number): Json {
  const value = args.any(0);
  return typeof value === 'string' ? value.slice(from, to) : args.list(0).slice(from, to);
}

function indexFromEnd(args: Arguments): Json {
  const found = args.list(0).at(-args.integer(1));
  if (found === undefined) throw args.fail(`the array has no item ${args.integer(1)} from its end.`);
  return found;
}
