import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv-draft-04';
import type { Json } from '../sandbox/raw-https.ts';

/** Reads a document of the specifications. */
export function readSchema(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** For documents of draft 04 and of OpenAPI 2, which add words and formats of their own. */
export function createAjv(): Ajv.default {
  return new Ajv.default({
    allErrors: true,
    strict: false,
    logger: false,
    formats: {
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
      'arm-id': /^\/subscriptions\//,
    },
  });
}

/** Refuses members that a schema does not name, where it names any: the published ones leave that to their readers. */
export function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const names = copy['properties'];
  const isObject = copy['type'] === 'object' && typeof names === 'object' && Object.keys(names).length > 0;
  return isObject ? { additionalProperties: false, ...copy } : copy;
}

/** What a schema says against a value; empty when nothing. */
export function problemsOf(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  // That none of several forms fits says less than why each of them does not.
  const telling = (validate.errors ?? []).filter(({ keyword }) => !['oneOf', 'anyOf', 'not'].includes(keyword));
  return telling.map(({ instancePath, message, params }) => `${message} ${JSON.stringify(params)} at ${instancePath}`);
}
