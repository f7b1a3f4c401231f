/** Stands for letters that are left open. */
export const OPEN_END = '…';

/**
 * The words that a pattern of error codes takes: `^(Zonal)?Allocation(Failed|Refused)$` takes four. Of regular expressions it knows
 * groups, alternatives, `?`, anchors and `\w*`, for which `…` stands.
 *
 * @throws SyntaxError for anything else: a pattern of codes is not meant to be clever
 */
export function expandCodes({ source }: RegExp): string[] {
  const isOpen = !source.startsWith('^');
  const reader = { text: source.replace(/^\^/, ''), at: 0 };
  const words = alternatives(reader);
  if (reader.text[reader.at] === '$') reader.at += 1;
  else for (const [index, word] of words.entries()) words[index] = `${word}${OPEN_END}`;
  if (reader.at < reader.text.length) throw new SyntaxError(`cannot list what /${source}/ takes`);
  return [...new Set(words.map((word) => (isOpen ? `${OPEN_END}${word}` : word)))];
}

interface Reader {
  readonly text: string;
  at: number;
}

function alternatives(reader: Reader): string[] {
  const all = sequence(reader);
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    all.push(...sequence(reader));
  }
  return all;
}

function sequence(reader: Reader): string[] {
  let words = [''];
  for (let parts = part(reader); parts !== undefined; parts = part(reader)) {
    const ends = parts;
    words = words.flatMap((word) => ends.map((end) => word + end));
  }
  return words;
}

function part(reader: Reader): string[] | undefined {
  const rest = reader.text.slice(reader.at);
  if (/^(\\w|\.)\*/.test(rest)) {
    reader.at += rest.startsWith('.') ? 2 : 3;
    return [OPEN_END];
  }
  if (/^\((\?:)?/.test(rest)) {
    reader.at += rest.startsWith('(?:') ? 3 : 1;
    const inner = alternatives(reader);
    if (reader.text[reader.at] !== ')') throw new SyntaxError(`a group of /${reader.text}/ has no end`);
    reader.at += 1;
    return optional(reader, inner);
  }
  const letter = /^[A-Za-z0-9_]/.exec(rest)?.[0];
  if (letter === undefined) return undefined;
  reader.at += 1;
  return optional(reader, [letter]);
}

function optional(reader: Reader, words: string[]): string[] {
  if (reader.text[reader.at] !== '?') return words;
  reader.at += 1;
  return ['', ...words];
}
