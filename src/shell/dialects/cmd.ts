import type { StatementDialect } from '../dialect.ts';
import { refuseCharacters } from '../safe-value.ts';

/** cmd.exe, which has no literal quoting: `"` ends a quoted part, `%` and, with delayed expansion, `!` expand everywhere. */
export const cmd: StatementDialect = {
  kind: 'statements',
  set: (name, value) => {
    refuseCharacters('cmd', name, value, '"%!');
    return isPlain(value) ? `SET ${name}=${value}` : `SET "${name}=${value}"`;
  },
  unset: (name) => `SET ${name}=`,
  comment: 'REM',
  apply: (command) => {
    const line = joinCmdWords(command);
    return line === undefined ? undefined : `\t@FOR /f "tokens=*" %i IN ('${line}') DO @%i`;
  },
};

// `&`, `|`, `<`, `>` and `^` act when the lines are run from a saved batch file; blanks at the end are easily lost.
function isPlain(value: string): boolean {
  return !/[&|<>^]| $/.test(value);
}

function joinCmdWords(command: readonly string[]): string | undefined {
  if (command.some((word) => /["%!']/.test(word))) return undefined;
  const words = command.map((word) => (/^[A-Za-z0-9_./\\:=+-]+$/.test(word) ? word : `"${word}"`));
  // `cmd /c`, which FOR runs the command with, drops the first and the last quote of a line that begins with one.
  return words[0]?.startsWith('"') ? `"${words.join(' ')}"` : words.join(' ');
}
