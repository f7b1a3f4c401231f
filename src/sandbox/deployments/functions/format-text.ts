import { notImplemented } from '../../arm/problems.ts';
import type { Arguments } from '../expressions/arguments.ts';
import { toText } from '../expressions/values.ts';

const item = /\{\{|\}\}|\{(\d+)(?:,(-?\d+))?(?::([^{}]*))?\}|[{}]/g;

/**
 * .NET's composite formatting, as far as templates use it: `{0}`, `{0,5}`, `{{`, and of numbers `N`, `D`, `F` and `X`.
 * https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
 *
 * @throws TemplateError for a place that has no value; ArmProblem for other formats.
 */
export function formatText(args: Arguments): string {
  const parts: string[] = [];
  let done = 0;
  const pattern = args.text(0);
  const add = (text: string): void => {
    args.budget.text(text.length + 1);
    parts.push(text);
  };
  for (const found of pattern.matchAll(item)) {
    add(pattern.slice(done, found.index));
    add(itemText(args, found));
    done = found.index + found[0].length;
  }
  add(pattern.slice(done));
  return parts.join('');
}

function itemText(args: Arguments, found: RegExpExecArray): string {
  const [whole, place, width, code] = found;
  if (whole === '{{' || whole === '}}') return whole.slice(1);
  if (place === undefined) throw args.fail('Input string was not in a correct format.');
  const index = Number(place) + 1;
  if (index >= args.count)
    throw args.fail(
      'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
    );
  const value = args.any(index);
  const text = code === undefined || typeof value !== 'number' ? toText(value) : numberText(value, code);
  if (width === undefined) return text;
  const columns = Math.abs(Number(width));
  args.budget.text(columns);
  return Number(width) < 0 ? text.padEnd(columns) : text.padStart(columns);
}

function numberText(value: number, code: string): string {
  const [, kind = '', digits = ''] = /^([A-Za-z])(\d{0,2})$/.exec(code) ?? [];
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  switch (kind.toUpperCase()) {
    case 'N': {
      const [whole = '', fraction] = size.toFixed(digits === '' ? 2 : Number(digits)).split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
    }
    case 'F':
      return value.toFixed(digits === '' ? 2 : Number(digits));
    case 'D':
      return `${sign}${String(size).padStart(Number(digits), '0')}`;
    case 'X': {
      const hex = BigInt.asUintN(64, BigInt(value)).toString(16).padStart(Number(digits), '0');
      return kind === 'X' ? hex.toUpperCase() : hex;
    }
    default:
      throw notImplemented(`the format '${code}' of the template function 'format'`);
  }
}
