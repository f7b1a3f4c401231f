import { isPrintable, quote } from './quote.ts';
import type { Token, TokenKind } from './token.ts';

const WORD = String.raw`[\p{L}\p{Nd}_]`;
const KEYWORDS = /^(block|break|continue|define|else|end|if|range|template|with)$/;

// What can stand inside an action, in the order of trial. Each pattern is tried at the current place only.
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  // A blank before `-}}` belongs to that delimiter.
  ['space', /[ \t\r\n]+?(?=[ \t\r\n]-\}\})|[ \t\r\n]+/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['string', /"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`/y],
  ['character', /'(?:\\[^\n]|[^'\\\n])*'/y],
  ['variable', new RegExp(String.raw`\$${WORD}*`, 'yu')],
  ['field', new RegExp(String.raw`\.(?!\d)${WORD}+`, 'yu')],
  ['dot', /\.(?!\d)/y],
  [
    'number',
    /(?=[-+.\d])[-+]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][-+]?[\d_]*)?|0[oO][0-7_]*|0[bB][01_]*|[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]*)?)i?/y,
  ],
  ['identifier', new RegExp(`${WORD}+`, 'yu')],
  ['sign', /[!-~]/y],
];

const TERMINATOR = /[ \t\r\n.,|:()]|\}\}|$/y;
const RIGHT = /(?:[ \t\r\n]-)?\}\}/y;
const BLANKS = /[ \t\r\n]*/y;

/** The tokens of a template, read as far as they are asked for. The last one is `end` or `error`. */
export function* lex(source: string): Generator<Token, undefined> {
  for (let at = 0; ; ) {
    const open = source.indexOf('{{', at);
    if (open === -1) {
      if (at < source.length) yield { kind: 'text', text: source.slice(at), at };
      yield { kind: 'end', text: '', at: source.length };
      return;
    }
    const trims = /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4));
    const text = trims ? source.slice(at, open).replace(/[ \t\r\n]+$/, '') : source.slice(at, open);
    if (text !== '') yield { kind: 'text', text, at };

    const inside = open + (trims ? 4 : 2);
    const isComment = source.startsWith('/*', inside);
    const close = isComment ? lexComment(source, inside) : yield* lexAction(source, open, inside);
    if (typeof close !== 'number') {
      yield close;
      return;
    }
    at = close;
  }
}

/** The place after the comment's closing delimiter, and after the blanks that it trims. */
function lexComment(source: string, inside: number): number | Token {
  const end = source.indexOf('*/', inside + 2);
  if (end === -1) return { kind: 'error', text: 'unclosed comment', at: inside };
  const right = match(RIGHT, source, end + 2);
  if (right === undefined) return { kind: 'error', text: 'comment ends before closing delimiter', at: inside };
  return afterRight(source, end + 2, right);
}

function* lexAction(source: string, open: number, inside: number): Generator<Token, number | Token> {
  yield { kind: 'left', text: '{{', at: open };
  let depth = 0;
  for (let at = inside; ; ) {
    const right = match(RIGHT, source, at);
    if (right !== undefined) {
      if (depth > 0) return { kind: 'error', text: 'unclosed left paren', at };
      yield { kind: 'right', text: '}}', at: at + right.length - 2 };
      return afterRight(source, at, right);
    }
    const token = lexToken(source, at);
    if (token.kind === 'open') depth++;
    // One too many is an error, which the parser reports.
    if (token.kind === 'close') depth--;
    if (token.kind === 'error') return token;
    yield token;
    at += token.text.length;
  }
}

function lexToken(source: string, at: number): Token {
  const error = (text: string): Token => ({ kind: 'error', text, at });
  if (at === source.length) return error('unclosed action');
  for (const [kind, pattern] of PATTERNS) {
    const text = match(pattern, source, at);
    if (text === undefined) continue;
    const end = at + text.length;
    const next = String.fromCodePoint(source.codePointAt(end) ?? 0);
    const isWord = kind === 'identifier' || kind === 'field' || kind === 'dot' || kind === 'variable';
    if (isWord && match(TERMINATOR, source, end) === undefined) return error(`bad character ${describeRune(next)}`);
    if (kind === 'number' && /[\p{L}\p{Nd}_+-]/u.test(next)) return error(`bad number syntax: ${quote(text + next)}`);
    if (kind === 'identifier') return { kind: wordKind(text), text, at };
    if (kind === 'sign') return lexSign(text, at);
    return { kind, text, at };
  }
  return error(`unrecognized character in action: ${describeRune(String.fromCodePoint(source.codePointAt(at) ?? 0))}`);
}

function lexSign(text: string, at: number): Token {
  const message = UNFINISHED[text];
  return message === undefined ? { kind: 'sign', text, at } : { kind: 'error', text: message, at };
}

// Signs that begin something which the patterns before did not find whole.
const UNFINISHED: Readonly<Record<string, string>> = {
  ':': 'expected :=',
  '"': 'unterminated quoted string',
  '`': 'unterminated raw quoted string',
  "'": 'unterminated character constant',
};

function wordKind(word: string): TokenKind {
  if (word === 'true' || word === 'false') return 'bool';
  if (word === 'nil') return 'nil';
  return KEYWORDS.test(word) ? 'keyword' : 'identifier';
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return sticky.exec(source)?.[0];
}

function afterRight(source: string, at: number, right: string): number {
  const end = at + right.length;
  return right.length > 2 ? end + (match(BLANKS, source, end) ?? '').length : end;
}

/** Go's `%#U`. */
function describeRune(rune: string): string {
  const code = (rune.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return isPrintable(rune) ? `U+${code} '${rune}'` : `U+${code}`;
}
