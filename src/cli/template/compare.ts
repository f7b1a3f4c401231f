import { formatValue } from './format-value.ts';
import { formatVerb } from './format-verb.ts';
import { FunctionError } from './function-error.ts';
import { compareBytes, type GoValue, typeName } from './value.ts';

/** Whether `value` equals one of `others`. @throws FunctionError in Go's words, when Go would not compare them. */
export function equalsAny(value: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison');
  return others.some((other) => isEqual(value, other));
}

function isEqual(a: GoValue, b: GoValue): boolean {
  const isNilA = a === undefined || a === null;
  const isNilB = b === undefined || b === null;
  if (isNilA || isNilB) return isNilA && isNilB;
  if (typeof a === 'object' && typeof b === 'object') {
    if (typeName(a) !== typeName(b)) {
      throw new FunctionError(`non-comparable types ${asText(a)}: ${typeName(a)}, ${typeName(b)}: ${formatValue(b)}`);
    }
    throw new FunctionError(`non-comparable type ${asText(b)}: ${typeName(b)}`);
  }
  if (typeof a !== typeof b) throw new FunctionError('incompatible types for comparison');
  return a === b;
}

/** Negative, zero or positive. @throws FunctionError in Go's words. */
export function compareOrder(a: GoValue, b: GoValue): number {
  if (!isBasic(a) || !isBasic(b)) throw new FunctionError('invalid type for comparison');
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  // NaN is neither less nor greater nor equal.
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  throw new FunctionError(typeof a === typeof b ? 'invalid type for comparison' : 'incompatible types for comparison');
}

function isBasic(value: GoValue): value is boolean | string | number | bigint {
  return value !== undefined && value !== null && typeof value !== 'object';
}

// Go prints these by `%s`, complaints about numbers and all.
function asText(value: GoValue): string {
  return formatVerb({ verb: 's', flags: '', width: undefined, precision: undefined }, value, true);
}
