import { joinWords, type StatementDialect } from '../dialect.ts';
import { quotePosix } from './posix.ts';

/** Emacs Lisp. Its `shell-command` runs the command in a POSIX shell. */
export const emacs: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `(setenv "${name}" ${quoteLisp(value)})`,
  unset: (name) => `(setenv "${name}" nil)`,
  comment: ';;',
  apply: (command) =>
    `(with-temp-buffer (shell-command ${quoteLisp(joinWords(command, quotePosix))} (current-buffer)) (eval-buffer))`,
};

function quoteLisp(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
