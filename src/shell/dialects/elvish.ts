import { joinWords, type StatementDialect } from '../dialect.ts';

/** Elvish, whose `eval` takes one string. */
export const elvish: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `set-env ${name} ${quoteElvish(value)}`,
  unset: (name) => `unset-env ${name}`,
  comment: '#',
  apply: (command) => `eval (${joinWords(command, quoteElvish)} | slurp)`,
};

function quoteElvish(value: string): string {
  return `'${value.replace(/'/g, "''")}'`;
}
