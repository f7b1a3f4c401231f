import { isRecord } from '../json.ts';
import type { Condition } from './condition.ts';

/** Whether a condition holds for a resource as it was sent, with its `type` and `name`. */
export function holds(condition: Condition, content: Readonly<Record<string, unknown>>): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, content));
    case 'any':
      return condition.of.some((part) => holds(part, content));
    case 'not':
      return !holds(condition.condition, content);
    case 'exists':
      return (fieldOf(condition.field, content) !== undefined) === condition.exists;
    case 'field': {
      const value = String(fieldOf(condition.field, content) ?? '').toLowerCase();
      return condition.values.some((wanted) => wanted.toLowerCase() === value) === condition.isIn;
    }
  }
}

/** Aliases whose names are not those of properties (Microsoft.Compute, list of policy aliases). */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'microsoft.compute/virtualmachines/sku.name': ['properties', 'hardwareProfile', 'vmSize'],
};

/** `location`, `type`, `tags['a']`, or an alias such as `Microsoft.Network/publicIPAddresses/publicIPAllocationMethod`. */
function fieldOf(field: string, content: Readonly<Record<string, unknown>>): unknown {
  const tag = /^tags(?:\.|\[')(.+?)(?:'\])?$/.exec(field)?.[1];
  if (tag !== undefined) return at(content, ['tags', tag]);
  const alias = aliases[field.toLowerCase()];
  if (alias !== undefined) return at(content, alias);
  const type = String(content['type'] ?? '');
  if (!field.includes('/')) return at(content, [field]);
  if (!field.toLowerCase().startsWith(`${type.toLowerCase()}/`)) return undefined;
  const path = field.slice(type.length + 1).split('.');
  return at(content, path[0] === 'sku' ? path : ['properties', ...path]);
}

function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  if (!isRecord(value)) return undefined;
  const key = Object.keys(value).find((name) => name.toLowerCase() === first.toLowerCase());
  return key === undefined ? undefined : at(value[key], rest);
}
