/** Go's `strconv.FormatFloat` for a finite number; `precision` undefined stands for as many digits as tell it from others. */
export function formatFloat(value: number, verb: 'e' | 'f' | 'g', precision: number | undefined): string {
  if (verb === 'f') return precision === undefined ? plain(value) : fixed(value, precision);
  if (verb === 'e') return exponential(value, precision);
  // Go chooses the exponent for numbers below 0.0001, and for those with more digits before the point than are asked for.
  const digits = precision === undefined ? undefined : Math.max(precision, 1);
  const scientific = exponential(value, digits === undefined ? undefined : digits - 1);
  const exponent = Number(scientific.split('e')[1]);
  const shown = scientific.replace(/[-.]|e.*/g, '').replace(/0+$/, '').length;
  const limit = digits === undefined ? 6 : digits > shown && shown >= exponent + 1 ? shown : digits;
  if (exponent < -4 || exponent >= limit) return trimZeros(scientific);
  return digits === undefined ? plain(value) : trimZeros(fixed(value, Math.max(digits - 1 - exponent, 0)));
}

/** The exponent has a sign and at least two digits. */
function exponential(value: number, precision: number | undefined): string {
  const text = precision === undefined ? value.toExponential() : padExponential(value, precision);
  return negativeZero(value) + text.replace(/e([-+])(\d)$/, 'e$10$2');
}

// JavaScript gives at most 100 digits, of which at most 17 are significant in a float64's shortest form.
function padExponential(value: number, precision: number): string {
  const text = value.toExponential(Math.min(precision, 100));
  return precision <= 100 ? text : text.replace('e', `${'0'.repeat(precision - 100)}e`);
}

function plain(value: number): string {
  const [, sign = '', lead = '', rest = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) ?? [];
  const point = Number(exponent) + 1;
  const digits = lead + rest;
  const prefix = negativeZero(value) + sign;
  if (point <= 0) return `${prefix}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return prefix + digits.padEnd(point, '0');
  return `${prefix}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Exact, and halves go to the even digit as in Go; `toFixed` does neither. */
function fixed(value: number, precision: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const raw = bits.getBigUint64(0);
  const isNormal = raw >> 52n !== 0n;
  const exponent = (isNormal ? raw >> 52n : 1n) - 1075n;
  const mantissa = (raw & 0xf_ffff_ffff_ffffn) | (isNormal ? 1n << 52n : 0n);
  const scaled = mantissa * 10n ** BigInt(precision);
  const digits = (exponent >= 0n ? scaled << exponent : divideToEven(scaled, -exponent))
    .toString()
    .padStart(precision + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const point = digits.length - precision;
  return precision === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `value / 2 ** shift`, rounded. */
function divideToEven(value: bigint, shift: bigint): bigint {
  const quotient = value >> shift;
  const twice = (value - (quotient << shift)) * 2n;
  const one = 1n << shift;
  return twice > one || (twice === one && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function trimZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1');
}

function negativeZero(value: number): string {
  return Object.is(value, -0) ? '-' : '';
}
