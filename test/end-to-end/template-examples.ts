import { readFileSync } from 'node:fs';

/** A command of the guide, taken apart. */
export interface Example {
  /** As the guide shows it. */
  readonly line: string;
  /** Words after `azdock template`, without the redirection. */
  readonly words: readonly string[];
  /** Names of the machines that it is about. */
  readonly machines: readonly string[];
  readonly group: string;
  readonly isBicep: boolean;
  /** File for the values of parameters. */
  readonly parameters: string | undefined;
  /** Words for `azdock create` of the same. */
  readonly createWords: readonly string[];
}

/** Flags of `template` that `create` does not have, with the number of their values. */
const OWN_FLAGS: Readonly<Record<string, number>> = { '--bicep': 0, '--parameters': 1, '--ssh-key': 1 };

/** The guide's addresses are for documents only (RFC 5737); a reader puts another one in their place. */
const documented = /203\.0\.113\.[\d/]+/g;

/** Every example of `azdock template` in a page. */
export function templateExamples(page: string): readonly Example[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, ' ');
  return [...text.matchAll(/^ {4}\$ (azdock template .*)$/gm)].map(([, line = '']) => example(line));
}

function example(line: string): Example {
  const words = line.replaceAll(documented, '127.0.0.0/8').split(' > ')[0]?.split(/\s+/).slice(2) ?? [];
  const valueAfter = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const [name = ''] = words;
  const count = valueAfter('--count');
  const numbers = count === undefined ? [] : Array.from({ length: Number(count) }, (_item, index) => index + 1);
  return {
    line,
    words,
    machines: count === undefined ? [name] : numbers.map((number) => `${name}${number}`),
    group: valueAfter('--azure-resource-group') ?? 'docker-machine',
    isBicep: words.includes('--bicep'),
    parameters: valueAfter('--parameters'),
    createWords: forCreate(words),
  };
}

function forCreate(words: readonly string[]): string[] {
  const isOwnValue = (at: number) => OWN_FLAGS[words[at - 1] ?? ''] === 1;
  return words.filter((word, at) => OWN_FLAGS[word] === undefined && !isOwnValue(at));
}
