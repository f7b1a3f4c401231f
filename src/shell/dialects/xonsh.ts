import { joinWords, type StatementDialect } from '../dialect.ts';

/** xonsh: Python statements. A JSON string without control characters is also a Python string literal. */
export const xonsh: StatementDialect = {
  kind: 'statements',
  set: (name, value) => {
    const statement = `$${name} = ${JSON.stringify(value)}`;
    return isExpandedPath(name, value) ? `\${...}.register("${name}", type="str"); ${statement}` : statement;
  },
  unset: (name) => `\${...}.pop("${name}", None)`,
  comment: '#',
  apply: (command) =>
    command.some(isExpanded) ? undefined : `execx($(${joinWords(command, (word) => JSON.stringify(word))}))`,
};

// xonsh takes variables of such names for lists of folders and expands `~` and variables in them, unless told otherwise.
function isExpandedPath(name: string, value: string): boolean {
  return /(PATH|DIRS)$/.test(name) && !/^[A-Za-z0-9_./ -]*$/.test(value);
}

// Words of a command are expanded even in quotes.
function isExpanded(word: string): boolean {
  return /[$~]/.test(word);
}
