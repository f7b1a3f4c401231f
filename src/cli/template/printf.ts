import { type Directive, formatVerb } from './format-verb.ts';
import { FunctionError } from './function-error.ts';
import { MAX_TEXT, MAX_WIDTH } from './limits.ts';
import { type GoValue, typeName } from './value.ts';

const DIRECTIVE = /%([-+# 0]*)(\*|\d+)?(\.(?:\*|\d*))?(\[)?(.|$)/gsu;

/**
 * Go's `fmt.Sprintf` for the values of templates.
 *
 * @throws FunctionError for what is left out, explicit argument indexes (`%[1]d`) among it, and for a text that is too long.
 */
export function printf(format: string, values: readonly GoValue[]): string {
  const args = new Arguments(values);
  let text = '';
  let end = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    text += format.slice(end, match.index) + formatMatch(match, args);
    end = match.index + match[0].length;
    if (text.length > MAX_TEXT) throw new FunctionError('text too long');
  }
  return text + format.slice(end) + args.describeRest();
}

function formatMatch([, flags = '', width, precision, index, verb = '']: RegExpMatchArray, args: Arguments): string {
  if (index !== undefined) throw new FunctionError('explicit argument indexes are not supported');
  let complaint = '';
  const size = width === '*' ? args.nextInteger() : parseSize(width);
  if (width === '*' && size === undefined) complaint += '%!(BADWIDTH)';
  const starred = precision === '.*' ? args.nextInteger() : undefined;
  const digits =
    precision === '.*' ? (starred !== undefined && starred >= 0 ? starred : undefined) : parseSize(precision?.slice(1));
  if (precision === '.*' && digits === undefined) complaint += '%!(BADPREC)';
  if (verb === '') return `${complaint}%!(NOVERB)`;
  if (verb === '%') return `${complaint}%`;
  if (!args.hasNext()) return `${complaint}%!${verb}(MISSING)`;
  const directive: Directive = { verb, flags, width: size, precision: digits };
  return complaint + formatVerb(directive, args.next(), false);
}

/** A point without digits means zero. */
function parseSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const size = Number(text);
  if (size > MAX_WIDTH) throw new FunctionError(`width or precision over ${MAX_WIDTH}`);
  return size;
}

class Arguments {
  readonly #values: readonly GoValue[];
  #next = 0;

  constructor(values: readonly GoValue[]) {
    this.#values = values;
  }

  hasNext(): boolean {
    return this.#next < this.#values.length;
  }

  next(): GoValue {
    return this.#values[this.#next++];
  }

  /** The next argument when it is a usable width; it is used up in any case. */
  nextInteger(): number | undefined {
    const value = this.next();
    return typeof value === 'bigint' && value <= MAX_WIDTH && value >= -MAX_WIDTH ? Number(value) : undefined;
  }

  describeRest(): string {
    const rest = this.#values.slice(this.#next);
    const plain: Directive = { verb: 'v', flags: '', width: undefined, precision: undefined };
    const parts = rest.map((value) => {
      const text = formatVerb(plain, value, true);
      return value === undefined || value === null ? text : `${typeName(value)}=${text}`;
    });
    return parts.length === 0 ? '' : `%!(EXTRA ${parts.join(', ')})`;
  }
}
