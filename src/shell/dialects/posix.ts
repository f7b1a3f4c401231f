import { joinWords, type StatementDialect } from '../dialect.ts';

/**
 * sh, bash, zsh, dash, ksh. The statements survive `eval "$(…)"` and also `eval $(…)` without quotes, where the shell splits
 * the text at blanks, takes each piece as a file name pattern, and joins the pieces with single blanks.
 */
export const posix: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `export ${name}=${isPlain(value) ? `"${value}"` : quotePosix(value)}`,
  unset: (name) => `unset ${name}`,
  comment: '#',
  apply: (command) => `eval $(${joinWords(command, quotePosix)})`,
};

/**
 * A word with a backslash before every character that could mean something. Unlike single quotes this keeps runs of blanks
 * and pattern characters whole in an unquoted `$(…)`. What is beyond ASCII goes into double quotes: a shell in a
 * single-byte locale may take a byte of a UTF-8 sequence for a blank.
 */
export function quotePosix(value: string): string {
  if (value === '') return '""';
  return value.replace(/[^\x20-\x7e]+|[^A-Za-z0-9_./:@%+,=-]/g, (part) => (part > '~' ? `"${part}"` : `\\${part}`));
}

// What double quotes carry, also through an unquoted `$(…)`: nothing that they expand, no patterns (with braces for ksh and
// parentheses for extended patterns), no blanks that would be lost.
function isPlain(value: string): boolean {
  return !/["$`\\!*?[{}]|[@+]\(|^ | $| {2}/.test(value);
}
