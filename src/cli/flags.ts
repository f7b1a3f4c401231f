import { string as stringArgument } from '@oclif/core/args';
import { boolean, custom, integer } from '@oclif/core/flags';
import { UsageError } from '../errors/usage-error.ts';

/** What every helper below takes: the line shown in help, and where it stands there. */
export interface FlagText {
  readonly summary: string;
  readonly env?: string;
  readonly char?: 'a' | 'd' | 'f' | 'n' | 'q' | 'r' | 't' | 'u' | 'y';
  /** What stands for the value in help: `FILE`. */
  readonly helpValue?: string;
  readonly helpGroup?: string;
  readonly hidden?: boolean;
  readonly exclusive?: string[];
}

/** Machines by name, none or more. A command that works on one machine uses {@link machineName}. */
export function machineNames(description = NAMES_TEXT) {
  return stringArgument({ multiple: true, ignoreStdin: true, default: [], description });
}

/** One machine by name, or none. */
export function machineName() {
  return stringArgument({ ignoreStdin: true, description: NAME_TEXT });
}

const NAMES_TEXT = 'Machines; without any, the one called "default"';
const NAME_TEXT = 'Machine; without one, the one called "default"';

/** A flag with a text as its value. */
export const text = custom<string>();

/** A flag that may be given several times. Its environment variable holds a comma-separated list, which comes first. */
export function repeated(flag: FlagText) {
  return custom<string>({ multiple: true, multipleNonGreedy: true, default: async () => [] })({ ...flag });
}

/** As {@link repeated}, but the list in the environment is what holds where the flag is not given. */
export function repeatedInstead(flag: FlagText & { readonly env: string }) {
  return asDefault(repeated(flag));
}

/** Marks a flag for `flagWords`. */
function asDefault<F extends object>(flag: F): F {
  return Object.assign(flag, { envIsDefault: true });
}

/** A flag that is there or not; `--flag=false` and, with an environment variable, `--no-flag` take it back. */
export function yes(flag: FlagText) {
  return boolean({ ...flag, allowNo: flag.env !== undefined, default: false });
}

/** A number of seconds, at least 1. */
export function seconds(flag: FlagText & { readonly default: number }) {
  return asInteger(integer({ ...flag, min: 1, helpValue: 'SECONDS' }));
}

/** A whole number, at least 1. */
export function wholeNumber(flag: FlagText) {
  return asInteger(integer({ ...flag, min: 1 }));
}

/** A TCP port. */
export function port(flag: FlagText) {
  return asInteger(integer({ ...flag, min: 1, max: 65535, helpValue: 'PORT' }));
}

/** Marks a flag for `flagWords`, which reads numbers as Go does when we are called as docker-machine. */
function asInteger<F extends object>(flag: F): F {
  return Object.assign(flag, { isInteger: true });
}

/** `KEY=value` of a repeatable flag, in order; the last value of a key wins. @throws UsageError naming the flag */
export function keyValues(flag: string, items: readonly string[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const item of items) {
    const equals = item.indexOf('=');
    if (equals < 1) throw new UsageError(`--${flag} takes KEY=value, not "${item}".`, { resource: `--${flag}` });
    pairs[item.slice(0, equals)] = item.slice(equals + 1);
  }
  return pairs;
}
