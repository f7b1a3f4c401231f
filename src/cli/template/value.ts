/**
 * A value as templates see it. Numbers are Go's float64, as in decoded JSON; bigints are Go's int. `null` is a nil that was
 * found, `undefined` is what a missing key gives: `<no value>`.
 */
export type GoValue = undefined | null | boolean | string | number | bigint | readonly GoValue[] | GoMap | GoStruct;

/** Go's `map[string]interface {}`: a missing key is `<no value>`. */
export interface GoMap {
  readonly [key: string]: GoValue;
}

/** A Go struct: its fields are known, and an unknown one is an error that names the type. */
export class GoStruct {
  readonly typeName: string;
  readonly fields: GoMap;

  /** `typeName` as Go's `%T` prints it, such as `commands.HostListItem`; `fields` in their order. */
  constructor(typeName: string, fields: GoMap) {
    this.typeName = typeName;
    this.fields = fields;
  }
}

export function isList(value: GoValue): value is readonly GoValue[] {
  return Array.isArray(value);
}

export function isMap(value: GoValue): value is GoMap {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof GoStruct);
}

/** The keys of a map in Go's order: by bytes. */
export function sortedKeys(map: GoMap): string[] {
  return Object.keys(map).sort(compareBytes);
}

/** Go's order of strings, which is that of their UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** What a map holds under a key of its own; nothing that JavaScript objects inherit. */
export function entryOf(map: GoMap, key: string): GoValue {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The type's name as Go prints it. */
export function typeName(value: GoValue): string {
  if (value === undefined || value === null) return '<nil>';
  if (isList(value)) return '[]interface {}';
  if (value instanceof GoStruct) return value.typeName;
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'bigint':
      return 'int';
    default:
      return 'map[string]interface {}';
  }
}

/** What `if`, `with`, `and` and `or` take for true: anything but Go's zero values and empty lists and maps. */
export function isTrue(value: GoValue): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}
