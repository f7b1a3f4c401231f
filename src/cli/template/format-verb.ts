import { formatFloat } from './format-number.ts';
import { formatComposite } from './format-value.ts';
import { FunctionError } from './function-error.ts';
import { isPrintable, quote, quoteRune, toAscii } from './quote.ts';
import { type GoValue, typeName } from './value.ts';

/** One `%…` of a format. */
export interface Directive {
  readonly verb: string;
  readonly flags: string;
  /** In characters; negative for alignment to the left. */
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/**
 * A value under a directive, as Go's fmt writes it, with its complaints: `%!d(string=hi)`.
 *
 * @throws FunctionError for what is left out: Go syntax (`%#v`) and floats in hexadecimal or with `#`.
 */
export function formatVerb(directive: Directive, value: GoValue, isPart: boolean): string {
  const { verb, flags } = directive;
  if (verb === 'T') return pad(directive, typeName(value), false);
  if (value === undefined || value === null) {
    if (isPart) return '<nil>';
    return verb === 'v' ? pad(directive, '<nil>', true) : `%!${verb}(<nil>)`;
  }
  if (verb === 'v' && flags.includes('#')) throw new FunctionError('%#v is not supported');
  if (verb === 'p') return complain(directive, value);
  if (typeof value === 'object') {
    return formatComposite(
      value,
      (part) => formatVerb(directive, part, true),
      verb === 'v' && flags.includes('+') ? '+' : '',
    );
  }
  return formatScalar(directive, value) ?? complain(directive, value);
}

function complain(directive: Directive, value: GoValue): string {
  // Not `v`, to which `+` and `#` would mean something else.
  const shown = { ...directive, verb: PLAIN_VERBS[typeof value] ?? 'v', flags: directive.flags.replaceAll('#', '') };
  return `%!${directive.verb}(${typeName(value)}=${formatVerb(shown, value, true)})`;
}

const PLAIN_VERBS: Readonly<Record<string, string>> = { boolean: 't', string: 's', number: 'g', bigint: 'd' };

function formatScalar(directive: Directive, value: boolean | string | number | bigint): string | undefined {
  if (typeof value === 'boolean') return /[tv]/.test(directive.verb) ? pad(directive, String(value), true) : undefined;
  if (typeof value === 'string') return formatString(directive, value);
  return typeof value === 'bigint' ? formatInteger(directive, value) : formatFloating(directive, value);
}

function formatString(directive: Directive, value: string): string | undefined {
  const { verb, flags, precision } = directive;
  if (/[xX]/.test(verb)) return pad(directive, hexBytes(directive, Buffer.from(value)), true);
  const text = precision === undefined ? value : [...value].slice(0, precision).join('');
  if (verb === 's' || verb === 'v') return pad(directive, text, true);
  if (verb !== 'q') return undefined;
  if (flags.includes('#') && !/[`\u0000-\u0008\u000a-\u001f\u007f\ufeff]/.test(text))
    return pad(directive, `\`${text}\``, true);
  return pad(directive, flags.includes('+') ? toAscii(quote(text)) : quote(text), true);
}

function hexBytes({ verb, flags, precision }: Directive, bytes: Buffer): string {
  const prefix = flags.includes('#') ? '0x' : '';
  const hex = bytes.subarray(0, precision).toString('hex');
  const spaced = flags.includes(' ') ? hex.replace(/..(?=.)/g, `$& ${prefix}`) : hex;
  const text = hex === '' ? '' : prefix + spaced;
  return verb === 'X' ? text.toUpperCase() : text;
}

const RADIX: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const SHARP: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

function formatInteger(directive: Directive, value: bigint): string | undefined {
  const { verb, flags, width, precision } = directive;
  const isRune = value >= 0n && value <= 0x10ffffn && (value < 0xd800n || value > 0xdfffn);
  const rune = isRune ? String.fromCodePoint(Number(value)) : '\ufffd';
  if (verb === 'c') return pad(directive, rune, true);
  if (verb === 'q') return pad(directive, flags.includes('+') ? toAscii(quoteRune(rune)) : quoteRune(rune), true);
  if (verb === 'U') return pad(directive, unicode(directive, value, rune), false);
  const radix = RADIX[verb];
  if (radix === undefined) return undefined;
  const sign = signOf(directive, value < 0n);
  const prefix = verb === 'O' ? '0o' : flags.includes('#') ? (SHARP[verb] ?? '') : '';
  let digits = (value < 0n ? -value : value).toString(radix);
  if (precision === 0 && value === 0n) return pad(directive, '', false);
  if (precision !== undefined) digits = digits.padStart(precision, '0');
  else if (hasZeros(directive) && width !== undefined) digits = digits.padStart(width - sign.length, '0');
  if (prefix === '0' && digits.startsWith('0')) return pad(directive, sign + digits, false);
  return pad(directive, sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits), false);
}

function unicode({ flags, precision }: Directive, value: bigint, rune: string): string {
  const code = `U+${BigInt.asUintN(64, value)
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(precision ?? 4, 4), '0')}`;
  return flags.includes('#') && value >= 0n && isPrintable(rune) ? `${code} '${rune}'` : code;
}

function formatFloating(directive: Directive, value: number): string | undefined {
  const { verb, flags, width, precision } = directive;
  const lower = verb.toLowerCase();
  if (verb === 'b' || lower === 'x' || (flags.includes('#') && /[efg]/.test(lower))) {
    throw new FunctionError(`%${flags.includes('#') ? '#' : ''}${verb} of a float is not supported`);
  }
  if (!/^[efgFEG]$|^v$/.test(verb)) return undefined;
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'NaN' : 'Inf';
    const sign = signOf(directive, value < 0) || (verb === 'v' && text === 'Inf' ? '+' : '');
    return pad(directive, sign + text, false);
  }
  const kind = lower === 'e' || lower === 'f' ? lower : 'g';
  const digits = formatFloat(Math.abs(value), kind, precision ?? (kind === 'g' ? undefined : 6));
  const sign = signOf(directive, value < 0 || Object.is(value, -0));
  const body = hasZeros(directive) && width !== undefined ? digits.padStart(width - sign.length, '0') : digits;
  return pad(directive, sign + (/[EG]/.test(verb) ? body.toUpperCase() : body), false);
}

// For `%+v` the plus names fields, and shows no signs.
function signOf({ verb, flags }: Directive, isNegative: boolean): string {
  if (isNegative) return '-';
  if (flags.includes('+') && verb !== 'v') return '+';
  return flags.includes(' ') ? ' ' : '';
}

function hasZeros({ flags, width }: Directive): boolean {
  return flags.includes('0') && !flags.includes('-') && (width ?? 0) >= 0;
}

/** Blanks, or zeros where the flag applies, up to the width in characters. */
function pad(directive: Directive, text: string, withZeros: boolean): string {
  const { width = 0, flags } = directive;
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0) return text;
  if (width < 0 || flags.includes('-')) return text + ' '.repeat(missing);
  return (withZeros && hasZeros(directive) ? '0' : ' ').repeat(missing) + text;
}
