import { joinWords, type StatementDialect } from '../dialect.ts';
import { refuseCharacters } from '../safe-value.ts';

/**
 * tcsh and csh. ``eval `…` `` splits the text at blanks, expands braces, patterns and `~` in each piece, and joins the pieces
 * with single blanks before it reads any quotes. A backslash protects against all of that but braces.
 */
export const tcsh: StatementDialect = {
  kind: 'statements',
  set: (name, value) => {
    refuseCharacters('tcsh', name, value, '{}');
    return `setenv ${name} ${isPlain(value) ? `"${value}"` : quoteTcsh(value)};`;
  },
  unset: (name) => `unsetenv ${name};`,
  // Not a comment but the command that does nothing, as docker-machine prints it. Its arguments are evaluated, so that the
  // command in the hint runs again: words that would break there leave no hint.
  comment: ':',
  apply: (command) =>
    command.some((word) => /[`!*?[{}]/.test(word)) ? undefined : `eval \`${joinWords(command, quoteTcsh)}\``,
};

function isPlain(value: string): boolean {
  return !/[^A-Za-z0-9_./:@%+,= \u0080-\uffff-]|^ | $| {2}| =/.test(value);
}

function quoteTcsh(value: string): string {
  if (value === '') return '""';
  return value.replace(/[^\x20-\x7e]+|[^A-Za-z0-9_./:@%+-]/g, (part) => (part > '~' ? `"${part}"` : `\\${part}`));
}
