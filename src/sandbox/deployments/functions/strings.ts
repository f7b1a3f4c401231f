import type { Arguments } from '../expressions/arguments.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';
import { isList, toText } from '../expressions/values.ts';
import { formatText } from './format-text.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string

/** Comparisons for a beginning, an end or a place ignore case. */
const folded = (args: Arguments): readonly [string, string] => [args.text(0).toLowerCase(), args.text(1).toLowerCase()];

export const stringFunctions: readonly TemplateFunction[] = [
  { name: 'endsWith', arity: [2, 2], call: (args) => folded(args)[0].endsWith(folded(args)[1]) },
  { name: 'startsWith', arity: [2, 2], call: (args) => folded(args)[0].startsWith(folded(args)[1]) },
  { name: 'format', arity: [1, many], call: formatText },
  { name: 'join', arity: [2, 2], call: join },
  { name: 'padLeft', arity: [2, 3], call: padLeft },
  { name: 'replace', arity: [3, 3], call: replace },
  { name: 'split', arity: [2, 2], call: split },
  { name: 'string', arity: [1, 1], call: (args) => toText(args.any(0)) },
  { name: 'substring', arity: [2, 3], call: substring },
  { name: 'toLower', arity: [1, 1], call: (args) => args.text(0).toLowerCase() },
  { name: 'toUpper', arity: [1, 1], call: (args) => args.text(0).toUpperCase() },
  { name: 'trim', arity: [1, 1], call: (args) => args.text(0).trim() },
];

function join(args: Arguments): string {
  const parts = args.list(0).map(toText);
  const delimiter = args.text(1);
  args.budget.text(parts.reduce((total, part) => total + part.length + delimiter.length, 0));
  return parts.join(delimiter);
}

function padLeft(args: Arguments): string {
  const value = args.scalar(0);
  const length = args.integer(1);
  const filler = args.optionalText(2) ?? ' ';
  if (filler.length !== 1) throw args.fail('the padding is to be a single character.');
  args.budget.text(Math.max(length, value.length));
  return value.padStart(length, filler);
}

function replace(args: Arguments): string {
  const [text, old, wanted] = [args.text(0), args.text(1), args.text(2)];
  if (old === '') throw args.fail('the string to be replaced is empty.');
  const parts = text.split(old);
  args.budget.text(text.length + (parts.length - 1) * wanted.length);
  return parts.join(wanted);
}

/** The delimiter is one text, or an array of those that count. */
function split(args: Arguments): readonly string[] {
  const wanted = args.any(1);
  const delimiters = isList(wanted) ? wanted.map(toText) : [args.text(1)];
  const known = delimiters.filter((delimiter) => delimiter !== '');
  const text = args.text(0);
  if (known.length === 0) return [text];
  // Every delimiter becomes the first, which is what the text is cut at; the longest come first, as in .NET.
  const escaped = known
    .toSorted((one, other) => other.length - one.length)
    .map((delimiter) => delimiter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.split(new RegExp(escaped.join('|')));
}

function substring(args: Arguments): string {
  const text = args.text(0);
  const start = args.integer(1);
  const length = args.count > 2 ? args.integer(2) : text.length - start;
  if (start < 0 || length < 0 || start + length > text.length)
    throw args.fail(
      `The index and length parameters must refer to a location within the string. The index parameter: '${start}', the length parameter: '${length}', the length of the string parameter: '${text.length}'.`,
    );
  return text.slice(start, start + length);
}
