import { quote, unquote } from './quote.ts';
import type { TokenReader } from './token-reader.ts';

/**
 * A number or character literal: a bigint for Go's int, a number for its float64.
 *
 * @throws UsageError in Go's words.
 */
export function parseNumber(reader: TokenReader, text: string): number | bigint {
  if (text.startsWith("'")) {
    const rune = unquote(text);
    const [first, second] = [...(rune ?? '')];
    if (first === undefined) throw reader.error('invalid syntax');
    if (second !== undefined) throw reader.error(`malformed character constant: ${text}`);
    return BigInt(first.codePointAt(0) ?? 0);
  }
  if (text.endsWith('i') && !/^[-+]?0[xX]/.test(text)) throw reader.error(`complex number ${text} is not supported`);
  const whole = parseInteger(text);
  if (whole !== undefined) {
    if (BigInt.asIntN(64, whole) !== whole) throw reader.error(`integer overflow: ${quote(text)}`);
    return whole;
  }
  const float = /[.eEpP]/.test(text) ? parseFloatLiteral(text) : undefined;
  // Digits alone that make no int, such as 08.
  if (/^[-+]?\d+$/.test(text)) throw reader.error(`integer overflow: ${quote(text)}`);
  if (float === undefined) throw reader.error(`illegal number syntax: ${quote(text)}`);
  return float;
}

// Underscores may separate digits, and follow a base's prefix (Go's language specification, integer literals).
function parseInteger(text: string): bigint | undefined {
  const parts =
    /^([-+]?)(0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|0[bB]_?[01]+(?:_[01]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|0|[1-9]\d*(?:_\d+)*)$/;
  const [, sign, digits] = parts.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = BigInt(/^0[0-7]/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return sign === '-' ? -value : value;
}

function parseFloatLiteral(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : undefined;
  }
  const [, sign, whole = '', fraction = '', exponent] =
    /^([-+]?)0x([\da-f]*)\.?([\da-f]*)p([-+]?\d+)$/i.exec(plain) ?? [];
  if (exponent === undefined || whole + fraction === '') return undefined;
  const value = Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
