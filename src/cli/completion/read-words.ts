import type { FlagShape, FlagShapes } from '../flag-words.ts';

/** What the words before the cursor say to the word at it. */
export interface ReadWords {
  /** Flags that were given, by their long names. */
  readonly given: ReadonlySet<string>;
  /** Values of flags, the last one where one came again. */
  readonly values: ReadonlyMap<string, string>;
  readonly args: readonly string[];
  /** The flag whose value the next word is. */
  readonly pending: string | undefined;
  /** No flag can follow: `--` was there. */
  readonly ended: boolean;
}

export interface WordRules {
  readonly shapes: FlagShapes;
  /** Reading ends with the first argument: what follows it is read by other rules. */
  readonly stopAtArgument: boolean;
}

/**
 * Reads words as `flagWords` does, but takes them as they are: a command line that is not finished may be wrong anywhere.
 * @returns what was read, and the index after the last word that was
 */
export function readWords(words: readonly string[], rules: WordRules): ReadWords & { readonly next: number } {
  const given = new Set<string>();
  const values = new Map<string, string>();
  const args: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const isFlag = word.startsWith('-') && word !== '-';
    if (!isFlag || word === '--') {
      if (rules.stopAtArgument) return { given, values, args, pending: undefined, ended: false, next: at };
      if (word === '--') {
        args.push(...words.slice(at + 1));
        return { given, values, args, pending: undefined, ended: true, next: words.length };
      }
      args.push(word);
      continue;
    }
    const flag = findFlag(word, rules.shapes);
    if (flag === undefined) continue;
    given.add(flag.name);
    if (flag.shape.type === 'boolean') continue;
    if (flag.value === undefined) {
      at += 1;
      if (at >= words.length) return { given, values, args, pending: flag.name, ended: false, next: at };
    }
    values.set(flag.name, flag.value ?? words[at] ?? '');
  }
  return { given, values, args, pending: undefined, ended: false, next: words.length };
}

/** The flag that a word spells, with its value if that stands after `=`. */
export function findFlag(
  word: string,
  shapes: FlagShapes,
): { readonly name: string; readonly shape: FlagShape; readonly value: string | undefined } | undefined {
  const [, spelled = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const positive = spelled.replace(/^no-/, '');
  for (const [name, shape] of Object.entries(shapes)) {
    const isNamed = name === spelled || (name === positive && shape.allowNo === true);
    if (isNamed || (spelled.length === 1 && shape.char === spelled)) return { name, shape, value };
  }
  return undefined;
}
