import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  type JsonValue,
  jsonValue,
  nat,
  oneof,
  record,
  string,
  tuple,
} from 'fast-check';

/** What has a meaning to terminals, shells, paths, templates, JavaScript, JSON or YAML. */
const PIECES = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]52;c;cHduZWQ=\x1b\\',
  '\x1bP+q544e\x1b\\',
  '\x9b31m',
  '\x90q\x9c',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\b\b\b',
  '\0',
  '\x7f',
  '\x85',
  '\u202e',
  '\u2066',
  '\u2028',
  '\u200f',
  '\ufeff',
  '\ud800',
  '"',
  "'",
  '`touch pwned`',
  '$(touch pwned)',
  '; touch pwned; ',
  '| touch pwned',
  '&& touch pwned &',
  '> pwned',
  '\\',
  '../',
  '/',
  '~',
  '%s%n',
  '%PATH%',
  '$HOME',
  '-oProxyCommand=touch pwned',
  '--',
  '{{.}}',
  '{{',
  '}}',
  '*',
  '!',
  '&a *a',
  '<<: *a',
  '#',
  ' ',
  'a',
  '0',
  'é',
  '日本',
  '\u{1f600}',
] as const;

/** Names that objects of JavaScript have from birth. */
const INBORN = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'length'] as const;

/** Any text that somebody else could have written: short and long, broken, with intent. */
export const hostileText: Arbitrary<string> = oneof(
  {
    arbitrary: string({ unit: oneof(constantFrom(...PIECES), string({ unit: 'binary', maxLength: 3 })), maxLength: 8 }),
    weight: 8,
  },
  { arbitrary: string({ unit: 'binary', maxLength: 40 }), weight: 2 },
  { arbitrary: constantFrom(...INBORN), weight: 2 },
  { arbitrary: tuple(constantFrom(...PIECES), nat(3_000)).map(([piece, times]) => piece.repeat(times)), weight: 1 },
);

const hostileNumber: Arbitrary<number> = constantFrom(0, -0, -1, 1, 0.5, 1e21, 1e308, -1e308, 2 ** 53, 2 ** 31, 65_536);

/** Any JSON: of hostile texts, numbers out of range, inborn names as keys, and now and then very deep. */
export const hostileJson: Arbitrary<JsonValue> = oneof(
  { arbitrary: hostileText, weight: 6 },
  { arbitrary: hostileNumber, weight: 2 },
  { arbitrary: constantFrom<JsonValue>(null, true, false, [], {}, [null], [[]], '', [{}]), weight: 4 },
  { arbitrary: jsonValue({ maxDepth: 3, stringUnit: 'binary' }), weight: 2 },
  { arbitrary: tuple(constantFrom(...INBORN), hostileText).map(([key, value]) => parseObject(key, value)), weight: 1 },
  { arbitrary: constantFrom(20, 150, 400).map(nested), weight: 1 },
);

/** With a key that a literal would take for something else. */
function parseObject(key: string, value: string): JsonValue {
  return JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as JsonValue;
}

function nested(levels: number): JsonValue {
  return JSON.parse(`${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`) as JsonValue;
}

interface Change {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'double' | 'add';
  readonly key: string;
  readonly value: JsonValue;
}

const changes = (most: number): Arbitrary<Change[]> =>
  array(
    record({
      at: nat(100_000),
      how: constantFrom('replace', 'replace', 'replace', 'remove', 'double', 'add'),
      key: hostileText,
      value: hostileJson,
    }),
    { minLength: 1, maxLength: most },
  );

/** A document in which a few members were replaced, removed, repeated or added, anywhere. */
export function mutated(document: JsonValue, most = 3): Arbitrary<JsonValue> {
  return changes(most).map((list) => list.reduce(change, document));
}

/** What {@link mutated} does, as a function: for documents that are only known when the test runs. */
export const mutation: Arbitrary<(document: JsonValue) => JsonValue> = changes(3).map(
  (list) => (document) => list.reduce(change, document),
);

function change(document: JsonValue, { at, how, key, value }: Change): JsonValue {
  const copy = structuredClone(document);
  const places = placesIn(copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return value;
  const { parent, name } = place;
  if (Array.isArray(parent)) {
    if (how === 'remove') parent.splice(Number(name), 1);
    else if (how === 'double') parent.push(...structuredClone(parent));
    else if (how === 'add') parent.push(value);
    else parent[Number(name)] = value;
  } else if (how === 'remove') delete parent[name];
  else define(parent, how === 'replace' ? name : key, how === 'double' ? structuredClone(parent[name] ?? null) : value);
  return copy;
}

/** As JSON.parse does, which makes `__proto__` a key as any other. */
function define(parent: { [key: string]: JsonValue }, key: string, value: JsonValue): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

type Parent = JsonValue[] | { [key: string]: JsonValue };

function placesIn(document: JsonValue): { readonly parent: Parent; readonly name: string }[] {
  const found: { parent: Parent; name: string }[] = [];
  const waiting: unknown[] = [document];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) {
      found.push({ parent: value as Parent, name });
      waiting.push(part);
    }
  }
  return found;
}

/** Texts of JSON documents that may not be any: cut off, with a piece in their midst. */
export function brokenText(text: Arbitrary<string>): Arbitrary<string> {
  return tuple(text, nat(100_000), oneof(constant(''), hostileText), constantFrom('cut', 'insert', 'whole')).map(
    ([whole, at, piece, how]) => {
      const place = at % (whole.length + 1);
      if (how === 'whole') return whole;
      return whole.slice(0, place) + piece + (how === 'cut' ? '' : whole.slice(place));
    },
  );
}
