/** Go's integers with base 0: a sign, `0x`, `0o` or a leading zero, `0b`, else decimal (https://pkg.go.dev/strconv#ParseInt). */
const SHAPES: readonly (readonly [RegExp, number])[] = [
  [/^0x([0-9a-f]+)$/i, 16],
  [/^0b([01]+)$/i, 2],
  [/^0o?([0-7]+)$/i, 8],
  [/^(\d+)$/, 10],
];

/** The decimal form of a number as Go reads it; anything else as it is, for the parser to refuse. */
export function decimalOf(text: string): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length);
  // Go's decimal numbers do not begin with a zero.
  if (/^0\d*[89]/.test(digits)) return text;
  for (const [shape, base] of SHAPES) {
    const found = shape.exec(digits)?.[1];
    if (found !== undefined) return `${sign === '-' ? '-' : ''}${Number.parseInt(found, base)}`;
  }
  return text;
}
