import { joinWords, type StatementDialect } from '../dialect.ts';

/**
 * sh, bash, zsh, dash, ksh. The statements survive `eval "$(…)"` and also `eval $(…)` without quotes, where the shell splits
 * the text at blanks, takes each piece as a file name pattern, and joins the pieces with single blanks.
 */
export const posix: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `export ${name}=${isPlain(value) ? `"${value}"` : quotePosix(value)}`,
  unset: (name) => `unset ${name}`,
  // Among the words of an `export`, to which an unquoted `$(…)` makes all lines, `unset` would be one more name.
  clear: (name) => `export ${name}=""`,
  // For the same reason.
  separator: ';',
  comment: '#',
  apply: (command) => `eval $(${joinWords(command, quotePosix)})`,
};

/**
 * A word with a backslash before every character that could mean something. Unlike single quotes this keeps runs of blanks
 * and pattern characters whole in an unquoted `$(…)`.
 */
export function quotePosix(value: string): string {
  const quoted = value.replace(/[^\x20-\x7e]+|[^A-Za-z0-9_./:@%+,-]/g, quotePart);
  // A blank at the end must not be the last thing on the line: the line end would be joined to it.
  return quoted === '' || quoted.endsWith(' ') ? `${quoted}""` : quoted;
}

/** A word of a command that is shown to be pasted: single quotes are read by people, and by nearly every shell alike. */
export function quoteInCommand(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function quotePart(part: string): string {
  // The Korn shells expand braces in an unquoted `$(…)`, whatever stands before them.
  if (part === '{') return '"$(printf "\\173")"';
  // A shell in a single-byte locale may take a byte of a UTF-8 sequence for a blank.
  return part > '~' ? `"${part}"` : `\\${part}`;
}

// What double quotes carry, also through an unquoted `$(…)`: nothing that they expand, no patterns (with braces for ksh and
// parentheses for extended patterns), no blanks that would be lost.
function isPlain(value: string): boolean {
  return !/["$`\\!*?[{}]|[@+]\(|^ | $| {2}/.test(value);
}
