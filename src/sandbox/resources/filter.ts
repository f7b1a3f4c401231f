import { ArmProblem } from '../arm/problem.ts';

interface Filtered {
  readonly type: string;
  readonly tags: Readonly<Record<string, string>>;
}

const clause = /^\s*(tagName|tagValue|resourceType)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/**
 * The `$filter` of resource lists: `tagName eq 'a' and tagValue eq 'b'`, `resourceType eq 'x'`, joined by `and`.
 *
 * @throws ArmProblem 400 for anything else.
 */
export function matchesTags(filter: string | null): (item: Filtered) => boolean {
  if (filter === null || filter.trim() === '') return () => true;
  const wanted = new Map<string, string>();
  for (const part of filter.split(/\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/i)) {
    const found = clause.exec(part);
    if (!found)
      throw new ArmProblem(
        400,
        'InvalidFilterInQueryString',
        `Invalid $filter '${filter}' specified in the query string.`,
      );
    wanted.set((found[1] ?? '').toLowerCase(), (found[2] ?? '').replaceAll("''", "'"));
  }
  const [name, value, type] = [wanted.get('tagname'), wanted.get('tagvalue'), wanted.get('resourcetype')];
  if (value !== undefined && name === undefined)
    throw new ArmProblem(
      400,
      'InvalidFilterInQueryString',
      `The $filter '${filter}' names a tagValue without a tagName.`,
    );
  return (item) => {
    if (type !== undefined && item.type.toLowerCase() !== type.toLowerCase()) return false;
    if (name === undefined) return true;
    // Names of tags are compared without case, values with: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
    const tag = Object.entries(item.tags).find(([key]) => key.toLowerCase() === name.toLowerCase());
    return tag !== undefined && (value === undefined || tag[1] === value);
  };
}
