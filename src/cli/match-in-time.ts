import type { UsageError } from '../errors/usage-error.ts';

/** Whether a text matches. */
export type Matcher = (text: string) => boolean;

/** A name that takes longer has met a pattern that tries out everything, in milliseconds. */
const MOST_MS = 500;

/**
 * Go's regular expressions take time in proportion to the text; JavaScript's can take for ever (`(a+)+$`). Those that could are given
 * up in time.
 *
 * @param refuse what is thrown then
 */
export function matcher(pattern: RegExp, refuse: (reason: string, cause: unknown) => UsageError): Matcher {
  if (isQuick(pattern.source)) return (text) => pattern.test(text);
  let run: Matcher | undefined;
  return (text) => {
    run ??= interruptible(pattern);
    try {
      return run(text);
    } catch (error) {
      throw refuse(isTimeout(error) ? 'it takes too long' : 'it is too large', error);
    }
  };
}

/** Without groups there is nothing to try out over and over, and two repetitions are tried in no time on a file's name. */
function isQuick(source: string): boolean {
  return !source.includes('(') && (source.match(/[*+{]/g) ?? []).length <= 2;
}

/** V8 stops a script that takes too long, regular expressions included. */
function interruptible(pattern: RegExp): Matcher {
  // Loaded for such patterns only: `ls` is measured in milliseconds.
  const { createContext, Script } = process.getBuiltinModule('node:vm');
  const place: { readonly pattern: RegExp; text: string } = { pattern, text: '' };
  const context = createContext(place);
  const script = new Script('pattern.test(text)');
  return (text) => {
    place.text = text;
    return script.runInContext(context, { timeout: MOST_MS }) === true;
  };
}

/** Errors from there are of another context, and no Error to this one. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
