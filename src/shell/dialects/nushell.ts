import { type DataDialect, joinWords } from '../dialect.ts';

/** Nushell, which cannot evaluate text at run time but loads variables from data. */
export const nushell: DataDialect = {
  kind: 'data',
  document: (variables) => JSON.stringify(variables),
  // A quoted word is JSON's string: Nushell reads the same escapes in double quotes.
  apply: (command, mode) => {
    const line = joinWords(command, (word) => JSON.stringify(word));
    return mode === 'set' ? `${line} | from json | load-env` : `hide-env -i ...(${line} | from json | columns)`;
  },
};
