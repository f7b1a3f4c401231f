import { type TemplateFunctions, unary } from './functions.ts';
import { entryOf, GoStruct, type GoValue, isList, sortedKeys } from './value.ts';

/** The functions that docker-machine adds for `inspect` (docker/machine:commands/inspect.go). */
export const INSPECT_FUNCTIONS: TemplateFunctions = new Map([
  ['json', unary((value) => encode(value, '', '\n'))],
  ['prettyjson', unary((value) => encode(value, '    ', '\n'))],
]);

/** Go's `json.Marshal`, with keys of maps sorted by their bytes. `newLine` carries the indent of the place. */
function encode(value: GoValue, indent: string, newLine: string): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  const inner = newLine + indent;
  const write = (part: GoValue): string => encode(part, indent, inner);
  if (isList(value)) return enclose('[', value.map(write), ']', indent, newLine);
  const map = value instanceof GoStruct ? value.fields : value;
  const keys = value instanceof GoStruct ? Object.keys(map) : sortedKeys(map);
  const entries = keys.map((key) => `${encodeString(key)}:${indent === '' ? '' : ' '}${write(entryOf(map, key))}`);
  return enclose('{', entries, '}', indent, newLine);
}

function enclose(open: string, parts: string[], close: string, indent: string, newLine: string): string {
  if (indent === '' || parts.length === 0) return open + parts.join(',') + close;
  return `${open}${newLine}${indent}${parts.join(`,${newLine}${indent}`)}${newLine}${close}`;
}

/** As Go does, with `<`, `>` and `&` escaped, so that the text can stand in HTML. */
function encodeString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(/\\.|[<>&\u2028\u2029]/g, (found) => {
    const character = found === '\\b' ? '\b' : found === '\\f' ? '\f' : found;
    return character.length > 1 ? found : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
