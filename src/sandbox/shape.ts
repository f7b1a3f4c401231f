import { isRecord } from './json.ts';

/** What a part of a request body must look like. `parse` gives the typed value, or throws {@link ShapeError}. */
export interface Shape<T> {
  parse(value: unknown, at: string): T;
}

/** The type that a shape gives. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** A body does not fit. `at` is the path inside the body, such as `properties.osProfile`. */
export class ShapeError extends Error {
  readonly at: string;
  readonly unknownMember: boolean;

  constructor(at: string, message: string, unknownMember = false) {
    super(message);
    this.at = at;
    this.unknownMember = unknownMember;
  }
}

function simple<T>(what: string, test: (value: unknown) => value is T): Shape<T> {
  return {
    parse(value, at) {
      if (!test(value)) throw new ShapeError(at, `Error converting value at '${at}': expected ${what}.`);
      return value;
    },
  };
}

export const text = simple('a string', (value): value is string => typeof value === 'string');
export const flag = simple('a boolean', (value): value is boolean => typeof value === 'boolean');
export const integer = simple('an integer', (value): value is number => Number.isInteger(value));
export const decimal = simple('a number', (value): value is number => typeof value === 'number');
/** Any object, kept as it is: extension settings. */
export const anyObject = simple('an object', isRecord);

interface ReadOnlyShape extends Shape<undefined> {
  readonly isReadOnly: true;
}

/** A member that the service computes: accepted as clients send it back, and left out of the result. */
export const readOnly: ReadOnlyShape = { isReadOnly: true, parse: () => undefined };

/** May be missing or null. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return { parse: (value, at) => (value === undefined || value === null ? undefined : shape.parse(value, at)) };
}

/** One of the words, compared without case as Azure does, given in the spelling listed here. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    parse(value, at) {
      const found = words.find((word) => typeof value === 'string' && word.toLowerCase() === value.toLowerCase());
      if (found === undefined)
        throw new ShapeError(at, `Error converting value at '${at}': expected one of ${words.join(', ')}.`);
      return found;
    },
  };
}

export function list<T>(item: Shape<T>): Shape<T[]> {
  return {
    parse(value, at) {
      if (!Array.isArray(value)) throw new ShapeError(at, `Error converting value at '${at}': expected an array.`);
      return value.map((member: unknown, index) => item.parse(member, `${at}[${index}]`));
    },
  };
}

export function mapOf<T>(item: Shape<T>): Shape<Record<string, T>> {
  return {
    parse(value, at) {
      const record = anyObject.parse(value, at);
      return Object.fromEntries(
        Object.entries(record).map(([key, member]) => [key, item.parse(member, `${at}.${key}`)]),
      );
    },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Parsed<F extends Fields> = { [K in keyof F as F[K] extends ReadOnlyShape ? never : K]: Shaped<F[K]> };

/** An object with these members and no others. */
export function object<F extends Fields>(fields: F): Shape<Parsed<F>> {
  return { parse: (value, at) => parseFields(fields, value, at) };
}

function parseFields<F extends Fields>(fields: F, value: unknown, at: string): Parsed<F> {
  const record = anyObject.parse(value, at);
  const inside = (key: string) => (at === '' ? key : `${at}.${key}`);
  for (const key of Object.keys(record)) {
    if (!Object.hasOwn(fields, key))
      throw new ShapeError(inside(key), `Could not find member '${key}' on the object. Path '${inside(key)}'.`, true);
  }
  const members = Object.entries(fields)
    .map(([key, shape]) => [key, parseMember(shape, record[key], inside(key))] as const)
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as Parsed<F>;
}

function parseMember(shape: Shape<unknown>, value: unknown, at: string): unknown {
  try {
    return shape.parse(value, at);
  } catch (error) {
    if (value !== undefined) throw error;
    throw new ShapeError(at, `Required parameter '${at}' is missing (null).`);
  }
}
