import { UsageError } from '../errors/usage-error.ts';
import { matcher, type Matcher } from './match-in-time.ts';

// Go's regular expressions (https://pkg.go.dev/regexp/syntax) where they are spelled otherwise than JavaScript's.
const CLASSES = new Map(
  Object.entries({
    alnum: '0-9A-Za-z',
    alpha: 'A-Za-z',
    ascii: '\\x00-\\x7F',
    blank: '\\t ',
    cntrl: '\\x00-\\x1F\\x7F',
    digit: '0-9',
    graph: '!-~',
    lower: 'a-z',
    print: ' -~',
    punct: '!-\\/:-@\\[-`\\{-~',
    space: '\\t\\n\\v\\f\\r ',
    upper: 'A-Z',
    word: '0-9A-Za-z_',
    xdigit: '0-9A-Fa-f',
  }),
);
const DIALECT = /\\Q(.*?)(?:\\E|$)|\[:(\w+):\]|\(\?P<|\\p([A-Z])|\\([Az])|\\([\s\S])|(\(\?<?[=!])/gs;

/**
 * The pattern of `--filter name=`, given in Go's syntax. Flags may stand at its beginning: `(?i)`.
 *
 * @returns what throws UsageError in its turn for a name on which the pattern takes too long
 * @throws UsageError when it is no regular expression, or one that Go would refuse.
 */
export function parseNamePattern(pattern: string): Matcher {
  const [, letters = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const body = letters === '' ? pattern : pattern.slice(letters.length + 3);
  const refuse = (reason: string, cause?: unknown): UsageError =>
    new UsageError(`name=${pattern} is not a regular expression: ${reason}`, { resource: '--filter', cause });
  const translated = body.replace(DIALECT, (whole, literal, className, letter, anchor, escaped, lookAround) => {
    if (literal !== undefined) return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (className !== undefined) return CLASSES.get(className) ?? whole;
    if (letter !== undefined) return `\\p{${letter}}`;
    if (anchor !== undefined) return anchor === 'A' ? '(?<![\\s\\S])' : '(?![\\s\\S])';
    if (lookAround !== undefined || /^[1-9k]$/.test(escaped ?? '')) throw refuse(`${whole} is not supported`);
    // JavaScript, strict as it is under `u`, lets not every sign be escaped, but takes each as a number.
    if (escaped !== undefined) return /^[!-/:-@[-`{-~]$/.test(escaped) ? asNumber(escaped) : whole;
    return '(?<';
  });
  try {
    const expression = new RegExp(translated, `${[...new Set(letters)].join('')}u`);
    return matcher(
      expression,
      (reason, cause) => new UsageError(`name=${pattern} cannot be used: ${reason}`, { resource: '--filter', cause }),
    );
  } catch (error) {
    throw refuse(error instanceof Error ? error.message.replace(/^.*: /s, '') : 'unknown', error);
  }
}

function asNumber(sign: string): string {
  return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
