import type { Json, JsonObject } from '../../json.ts';

/** True for an object that is not an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Azure's word for the type of a value, as its messages have it. */
export function typeName(value: Json | undefined): string {
  if (value === null || value === undefined) return 'Null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Float';
  return Array.isArray(value) ? 'Array' : 'Object';
}

/** A value as a text: numbers as they are, `True` and `False` as .NET writes them, all else as JSON. */
export function toText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? '' : JSON.stringify(value);
}

/** The member of that name, whatever its case, as the template language finds it. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const found = Object.keys(object).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : object[found];
}

/** The same text for two values that are equal: the order of members does not count. */
export function fingerprint(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(fingerprint).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${fingerprint(value[key])}`);
  return `{${members.join(',')}}`;
}
