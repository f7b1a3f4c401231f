import type { Json, JsonObject } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';
import { fingerprint, isList, isObject, memberOf } from '../expressions/values.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object

export const setFunctions: readonly TemplateFunction[] = [
  { name: 'createObject', arity: [0, many], call: createObject },
  { name: 'intersection', arity: [2, many], call: intersection },
  {
    name: 'items',
    arity: [1, 1],
    call: (args) =>
      Object.entries(args.object(0))
        .map(([key, value]) => ({ key, value }))
        .sort((one, other) => (one.key.toLowerCase() < other.key.toLowerCase() ? -1 : 1)),
  },
  { name: 'objectKeys', arity: [1, 1], call: (args) => Object.keys(args.object(0)).sort() },
  { name: 'shallowMerge', arity: [1, 1], call: shallowMerge },
  { name: 'tryGet', arity: [2, many], call: tryGet },
  { name: 'union', arity: [1, many], call: union },
];

function createObject(args: Arguments): JsonObject {
  if (args.count % 2 !== 0) throw args.fail('a value is missing: keys and values are given in turn.');
  const members: [string, Json][] = [];
  for (let index = 0; index < args.count; index += 2) members.push([args.text(index), args.any(index + 1)]);
  return Object.fromEntries(members);
}

function intersection(args: Arguments): Json {
  if (isList(args.any(0))) {
    const others = args.all.slice(1).map((_list, index) => new Set(args.list(index + 1).map(fingerprint)));
    return distinct(args.list(0).filter((item) => others.every((other) => other.has(fingerprint(item)))));
  }
  const others = args.all.slice(1).map((_object, index) => args.object(index + 1));
  return Object.fromEntries(
    Object.entries(args.object(0)).filter(([key, value]) =>
      others.every((other) => fingerprint(memberOf(other, key)) === fingerprint(value)),
    ),
  );
}

function union(args: Arguments): Json {
  if (isList(args.any(0))) return distinct(args.all.flatMap((_list, index) => args.list(index)));
  return merged(
    args.all.map((_object, index) => args.object(index)),
    true,
  );
}

function shallowMerge(args: Arguments): JsonObject {
  const objects = args.list(0).map((item) => {
    if (!isObject(item)) throw args.wrong(0, 'Array of Object');
    return item;
  });
  return merged(objects, false);
}

function distinct(items: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size < seen.add(fingerprint(item)).size);
}

/** Members of one object and then of others, whose values win; with `isDeep` what is in them, too. */
function merged(objects: readonly JsonObject[], isDeep: boolean): JsonObject {
  const found = new Map<string, { readonly key: string; readonly value: Json | undefined }>();
  for (const object of objects)
    for (const [key, value] of Object.entries(object)) {
      const before = found.get(key.toLowerCase());
      const both = isDeep && isObject(before?.value) && isObject(value) ? merged([before.value, value], true) : value;
      found.set(key.toLowerCase(), { key: before?.key ?? key, value: both });
    }
  return Object.fromEntries([...found.values()].map(({ key, value }) => [key, value]));
}

/** A member of a member, or null where one is missing. @throws TemplateError for a value that has none */
function tryGet(args: Arguments): Json {
  let value = args.any(0);
  for (const key of args.all.slice(1)) {
    if (value === null) return null;
    if (typeof key === 'number' && isList(value)) value = value[key] ?? null;
    else if (typeof key === 'string' && isObject(value)) value = memberOf(value, key) ?? null;
    else throw new TemplateError(`The template language function 'tryGet' cannot take '${String(key)}' of this value.`);
  }
  return value;
}
