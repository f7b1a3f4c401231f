const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};
const UNESCAPES = new Map(Object.entries(ESCAPES).map(([character, sequence]) => [sequence.slice(1), character]));

/** A Go string literal, as `strconv.Quote` writes it. */
export function quote(text: string): string {
  return `"${escaped(text, '"')}"`;
}

/** A Go character literal, as `strconv.QuoteRune` writes it. */
export function quoteRune(rune: string): string {
  return `'${escaped(rune, "'")}'`;
}

/** A literal with everything beyond ASCII spelled as numbers, as `strconv.QuoteToASCII`. */
export function toAscii(literal: string): string {
  return literal.replace(/[^\0-\x7f]/gu, numbered);
}

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(rune: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(rune);
}

function escaped(text: string, mark: string): string {
  return Array.from(text.toWellFormed(), (rune) => {
    if (rune === mark) return `\\${mark}`;
    return ESCAPES[rune] ?? (isPrintable(rune) ? rune : numbered(rune));
  }).join('');
}

function numbered(rune: string): string {
  const code = rune.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** The text of a Go string or character literal with its quotes; undefined when it is malformed. */
export function unquote(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body.replace(/\r/g, '');
  const mark = literal.slice(0, 1);
  const bytes: Buffer[] = [];
  const part = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|[^\\]+/gy;
  let end = 0;
  for (let match = part.exec(body); match !== null; match = part.exec(body)) {
    const [whole, simple, hexByte, octalByte, short, long] = match;
    const codePoint = Number.parseInt(short ?? long ?? '0', 16);
    if (simple !== undefined && /['"]/.test(simple) && simple !== mark) return undefined;
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return undefined;
    if (simple !== undefined) bytes.push(Buffer.from(UNESCAPES.get(simple) ?? simple));
    else if (hexByte !== undefined) bytes.push(Buffer.from([Number.parseInt(hexByte, 16)]));
    else if (octalByte !== undefined) bytes.push(Buffer.from([Number.parseInt(octalByte, 8)]));
    else bytes.push(Buffer.from(short === undefined && long === undefined ? whole : String.fromCodePoint(codePoint)));
    end = part.lastIndex;
  }
  return end === body.length ? Buffer.concat(bytes).toString() : undefined;
}
