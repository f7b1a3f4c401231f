import { UsageError } from '../errors/usage-error.ts';

/**
 * Reads values out of a JSON file with errors that name file and key, and never a value: a protected file's values are secrets.
 */
export class SettingsReader {
  /** The file, undefined when the user gave none. */
  readonly name: string | undefined;
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(name: string | undefined, path: string, values: Readonly<Record<string, unknown>>) {
    this.name = name;
    this.#path = path;
    this.#values = values;
  }

  get isEmpty(): boolean {
    return Object.keys(this.#values).length === 0;
  }

  /** "docker.port in settings.json". */
  where(key: string): string {
    return `${this.#path}${key} in ${this.name ?? 'no file'}`;
  }

  /** Keys that may be there are given, so that a misspelt one is noticed. @throws UsageError */
  only(known: readonly string[]): this {
    for (const key of Object.keys(this.#values)) {
      if (known.includes(key)) continue;
      const hint = known.find((name) => name.toLowerCase() === key.toLowerCase());
      this.#refuse(key, hint === undefined ? `is not known; it can be ${known.join(', ')}` : `is spelt "${hint}"`);
    }
    return this;
  }

  /** A string, or a number written without quotes. @throws UsageError */
  text(key: string): string | undefined {
    const value = this.#values[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : this.#refuse(key, 'is not a string');
  }

  /** A list of strings, or a single string. Empty when there is none. @throws UsageError */
  list(key: string): string[] {
    const value = this.#values[key];
    if (value === undefined || value === null) return [];
    if (typeof value === 'string') return [value];
    const isText = (item: unknown) => typeof item === 'string';
    return Array.isArray(value) && value.every(isText) ? value : this.#refuse(key, 'is not a list of strings');
  }

  /** An object of strings. Empty when there is none. @throws UsageError */
  strings(key: string): Record<string, string> {
    const object = new SettingsReader(this.name, `${this.#path}${key}.`, this.anyObject(key) ?? {});
    return Object.fromEntries(Object.keys(object.#values).map((name) => [name, object.text(name) ?? '']));
  }

  /** An object with known keys. Empty when there is none. @throws UsageError */
  object(key: string, known: readonly string[]): SettingsReader {
    return new SettingsReader(this.name, `${this.#path}${key}.`, this.anyObject(key) ?? {}).only(known);
  }

  /** Any object. @throws UsageError */
  anyObject(key: string): Record<string, unknown> | undefined {
    const value = this.#values[key];
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? value : this.#refuse(key, 'is not an object');
  }

  #refuse(key: string, why: string): never {
    throw new UsageError(`${this.where(key)} ${why}.`, this.name === undefined ? {} : { resource: this.name });
  }
}

/** A reader for a whole file, or for nothing. @throws UsageError when the text is not a JSON object with known keys */
export function parseSettings(
  file: { readonly text: string; readonly fileName: string } | undefined,
  known: readonly string[],
): SettingsReader {
  if (file === undefined) return new SettingsReader(undefined, '', {});
  // The parser's own message quotes the text, which may be secret: only the place is told.
  const broken = (error: unknown): never => {
    const place =
      /\(line \d+ column \d+\)|at position \d+/.exec(error instanceof Error ? error.message : '')?.[0] ?? '';
    throw new UsageError(`${file.fileName} is not valid JSON ${place}`.trim(), { resource: file.fileName });
  };
  const value: unknown = parseJson(file.text.replace(/^\uFEFF/, ''), broken);
  if (!isObject(value))
    throw new UsageError(`${file.fileName} does not hold a JSON object.`, { resource: file.fileName });
  return new SettingsReader(file.fileName, '', value).only(known);
}

function parseJson(text: string, broken: (error: unknown) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return broken(error);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
