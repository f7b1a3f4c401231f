import { TemplateError } from './template-error.ts';

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'mark' | 'end';
  /** A mark as it is written; the value of a text. */
  readonly value: string;
  /** Place in the expression, from 0. */
  readonly at: number;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['text', /'(?:[^']|'')*'/y],
  ['number', /-?\d+/y],
  ['mark', /\.\?|\[\?|[().,[\]]/y],
];

/** Words, texts, numbers and marks of what stands between `[` and `]`. @throws TemplateError */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const found = tokenAt(source, at);
    if (!found)
      throw new TemplateError(
        `The language expression '${source}' is not valid: the string character '${source[at]}' at position '${at}' is not expected.`,
      );
    if (found.kind !== 'space') tokens.push({ kind: found.kind, value: textOf(found.kind, found.text), at });
    at += found.text.length;
  }
  tokens.push({ kind: 'end', value: '', at });
  return tokens;
}

function tokenAt(
  source: string,
  at: number,
): { readonly kind: Token['kind'] | 'space'; readonly text: string } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(source) ?? [];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

/** Within a text, `''` stands for one quote. */
function textOf(kind: Token['kind'], text: string): string {
  return kind === 'text' ? text.slice(1, -1).replaceAll("''", "'") : text;
}
