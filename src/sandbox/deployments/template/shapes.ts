import { parseAsJson, type Json } from '../../json.ts';
import {
  anyObject,
  decimal,
  flag,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  type Shape,
  type Shaped,
  ShapeError,
  text,
} from '../../shape.ts';

/** Any value that JSON has; undefined where there is none. */
export const anything: Shape<Json | undefined> = {
  parse: (value) => (value === undefined ? undefined : parseAsJson(value)),
};

/** A part of the template language that the sandbox refuses where it says something. */
export const absent: Shape<Json | undefined> = anything;

const type = oneOf('String', 'SecureString', 'Int', 'Bool', 'Object', 'SecureObject', 'Array');

/** Parts of the type system of `languageVersion` 2.0. */
const refined = {
  $ref: absent,
  items: absent,
  prefixItems: absent,
  properties: absent,
  additionalProperties: absent,
  discriminator: absent,
  sealed: absent,
} as const;

export const parameterShape = object({
  type,
  defaultValue: anything,
  allowedValues: optional(list(anything)),
  minValue: optional(integer),
  maxValue: optional(integer),
  minLength: optional(integer),
  maxLength: optional(integer),
  nullable: optional(flag),
  metadata: optional(anyObject),
  ...refined,
});

export const outputShape = object({
  type,
  condition: anything,
  value: anything,
  copy: optional(object({ count: anything, input: anything })),
  nullable: optional(flag),
  metadata: optional(anyObject),
  ...refined,
});

/** `resources` is an array, or with `languageVersion` 2.0 an object. */
const arrayOrObject: Shape<readonly unknown[] | Record<string, unknown>> = {
  parse(value, at) {
    if (Array.isArray(value)) return value;
    return anyObject.parse(value, at);
  },
};

export const templateShape = object({
  $schema: text,
  contentVersion: text,
  apiProfile: absent,
  languageVersion: optional(text),
  metadata: optional(anyObject),
  definitions: absent,
  functions: absent,
  imports: absent,
  extensions: absent,
  parameters: optional(mapOf(parameterShape)),
  variables: optional(anyObject),
  resources: arrayOrObject,
  outputs: optional(mapOf(outputShape)),
});

/** A number, or an expression that gives one. */
const count: Shape<Json | undefined> = {
  parse(value, at) {
    if (typeof value === 'number' || typeof value === 'string') return value;
    throw new ShapeError(at, `Error converting value at '${at}': expected an integer or an expression.`);
  },
};

/** A resource of a template. What else it has goes to the resource provider: `bodyMembers`. */
export const resourceShape = object({
  type: text,
  apiVersion: text,
  name: text,
  condition: anything,
  comments: optional(text),
  copy: optional(
    object({ name: text, count, mode: optional(oneOf('serial', 'parallel')), batchSize: optional(decimal) }),
  ),
  dependsOn: optional(list(text)),
  existing: optional(flag),
  resourceGroup: optional(text),
  subscriptionId: optional(text),
  scope: absent,
  metadata: optional(anyObject),
  resources: optional(arrayOrObject),
  asserts: absent,
  import: absent,
  extension: absent,
  location: anything,
  tags: anything,
  sku: anything,
  kind: anything,
  zones: anything,
  identity: anything,
  plan: anything,
  managedBy: anything,
  extendedLocation: anything,
  placement: anything,
  etag: anything,
  properties: anything,
});

export type ResourceParts = Shaped<typeof resourceShape>;

/** Members of a resource that are sent to the resource provider. */
export const bodyMembers = [
  'location',
  'tags',
  'sku',
  'kind',
  'zones',
  'identity',
  'plan',
  'managedBy',
  'extendedLocation',
  'placement',
  'etag',
  'properties',
] as const satisfies readonly (keyof ResourceParts)[];
