/** A value that JSON can carry. Members that are `undefined` are left out when written. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** True for an object that is not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Narrows what `JSON.parse` gave. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** A deep copy as JSON: what the other end would read. */
export function parseAsJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
