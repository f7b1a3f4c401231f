import { UsageError } from '../../errors/usage-error.ts';
import { parseNamePattern } from '../filter-pattern.ts';

/** A judge of values for each key that `--filter` takes: `name` is a regular expression, the others a word of the row. */
export type FilterKeys<Row> = Readonly<Record<string, (row: Row) => readonly string[]>>;

/**
 * Reads the values of `--filter KEY=VALUE`. As with `ls --filter`, one match of a key is enough, and all keys must match.
 *
 * @throws UsageError for a key that there is not, a value without `=`, and an invalid regular expression
 */
export function parseRowFilter<Row extends { readonly name: string }>(
  filters: readonly string[],
  keys: FilterKeys<Row>,
): (row: Row) => boolean {
  const judges = new Map<string, ((row: Row) => boolean)[]>();
  for (const filter of filters) {
    const equals = filter.indexOf('=');
    const key = filter.slice(0, Math.max(0, equals)).toLowerCase();
    const value = filter.slice(equals + 1);
    judges.set(key, [...(judges.get(key) ?? []), judge(filter, { key, value, keys })]);
  }
  return (row) => [...judges.values()].every((ofKey) => ofKey.some((passes) => passes(row)));
}

function judge<Row extends { readonly name: string }>(
  filter: string,
  { key, value, keys }: { readonly key: string; readonly value: string; readonly keys: FilterKeys<Row> },
): (row: Row) => boolean {
  if (key === 'name') {
    const pattern = parseNamePattern(value);
    return ({ name }) => pattern(name);
  }
  const words = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (words === undefined) {
    const known = ['name', ...Object.keys(keys)].map((one) => `${one}=`).join(', ');
    throw new UsageError(`--filter takes ${known}; not ${JSON.stringify(filter)}.`, { resource: '--filter' });
  }
  const wanted = value.toLowerCase();
  return (row) => words(row).some((word) => word.toLowerCase() === wanted);
}
