/** Settings of extensions come from outside as JSON of any shape; these take it apart. */

/** @throws Error naming `what` when the value is something else */
export function parseObject(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error(`${what} has to be an object`);
  return value as Record<string, unknown>;
}

/** Empty when absent. @throws Error naming `what` when the value is something else */
export function parseText(value: unknown, what: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new Error(`${what} has to be a string`);
  return value;
}

/** Empty when absent. @throws Error naming `what` when the value is something else */
export function parseTexts(value: unknown, what: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`${what} has to be a list`);
  return value.map((entry, index) => parseText(entry, `${what}[${index}]`));
}

/** Empty when absent. @throws Error naming `what` when the value is something else */
export function parseTextMap(value: unknown, what: string): Readonly<Record<string, string>> {
  const entries = Object.entries(parseObject(value, what));
  return Object.fromEntries(entries.map(([key, entry]) => [key, parseText(entry, `${what}.${key}`)]));
}
