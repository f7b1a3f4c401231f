import { formatFloat } from './format-number.ts';
import { entryOf, type GoMap, GoStruct, type GoValue, isList, sortedKeys } from './value.ts';

/** A value as Go's `%v` prints it. */
export function formatValue(value: GoValue): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'object' ? formatComposite(value, formatValue, '') : String(value);
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return formatFloat(value, 'g', undefined);
}

/** `[a b]`, `map[k:v]` or `{a b}`, its parts written by `part`; the flag `+` names the fields of a struct. */
export function formatComposite(
  value: readonly GoValue[] | GoMap | GoStruct,
  part: (value: GoValue) => string,
  flag: '' | '+',
): string {
  if (value instanceof GoStruct) {
    const fields = Object.entries(value.fields).map(([name, field]) => (flag === '+' ? `${name}:` : '') + part(field));
    return `{${fields.join(' ')}}`;
  }
  if (isList(value)) return `[${value.map(part).join(' ')}]`;
  const entries = sortedKeys(value).map((key) => `${part(key)}:${part(entryOf(value, key))}`);
  return `map[${entries.join(' ')}]`;
}
