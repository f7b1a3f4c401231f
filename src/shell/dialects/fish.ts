import { joinWords, type StatementDialect } from '../dialect.ts';

/** fish. `eval (…)` joins the lines with blanks, hence the semicolons. */
export const fish: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `set -gx ${name} ${/["$\\]/.test(value) ? quoteFish(value) : `"${value}"`};`,
  unset: (name) => `set -e ${name};`,
  comment: '#',
  apply: (command) => `eval (${joinWords(command, quoteFish)})`,
};

/** A single-quoted string. */
export function quoteFish(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
