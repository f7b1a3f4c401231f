/** Set by `npm run chaos -- --filter TEXT`: a regular expression that the titles of cases have to match. */
const FILTER = 'AZDOCK_CHAOS_FILTER';

export function isWanted(title: string): boolean {
  const filter = process.env[FILTER];
  return filter === undefined || filter === '' || new RegExp(filter, 'i').test(title);
}
