import type { Json } from './record.ts';

interface SourceContext {
  /** The text of a primitive value, as it stands in the file. */
  readonly source?: string;
}

/** What JSON has since ECMAScript's "JSON.parse source text access" and the type library does not know yet. */
interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: Json, context: SourceContext) => Json): Json;
  rawJSON(text: string): Json;
}

/** A number that JavaScript may not be able to hold as written: sixteen digits or more, a fraction, an exponent. */
const DELICATE_NUMBER = /[:[,]\s*-?(?:\d{16}|\d+[.eE])/;

/** Levels of objects and lists in each other. What docker-machine and azdock write has five. */
const MOST_LEVELS = 100;

/**
 * Parses JSON. A number that JavaScript cannot hold exactly becomes an opaque value, which {@link formatJson} and
 * `JSON.stringify` write as it was.
 *
 * @throws SyntaxError, also for what is nested so deep that it could not be written again
 */
export function parseJson(text: string): Json {
  const value = parse(text);
  if (isDeeperThan(MOST_LEVELS, value)) throw new SyntaxError(`more than ${MOST_LEVELS} levels of JSON`);
  return value;
}

function isDeeperThan(levels: number, value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

function parse(text: string): Json {
  if (!DELICATE_NUMBER.test(text)) return JSON.parse(text) as Json;
  const json = JSON as unknown as JsonWithSource;
  try {
    return json.parse(text, (_key, value, { source }) =>
      typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
    );
  } catch (error) {
    // The stack ends before the levels do.
    throw error instanceof RangeError ? new SyntaxError('too many levels of JSON') : error;
  }
}

/** What is wrong with a text that is no JSON, without the piece of it that V8's messages quote: it may be anybody's file. */
export function jsonProblem(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, (?:\.\.\.)?"[\s\S]*/, '') : String(error);
}

/**
 * JSON as Go's `json.MarshalIndent(value, "", "    ")` writes it, the format of docker-machine's files: four spaces, no
 * newline at the end, and characters that HTML or JavaScript could misread as `\u00XX` (Go's package encoding/json, HTMLEscape).
 */
export function formatJson(value: object): string {
  return JSON.stringify(value, null, 4).replace(/[<>&\u2028\u2029]|\\[\s\S]/g, (found) => {
    if (found === '\\b' || found === '\\f') return unicodeEscape(found === '\\b' ? 8 : 12);
    return found.length === 2 ? found : unicodeEscape(found.charCodeAt(0));
  });
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
