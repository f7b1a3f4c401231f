/** A word that no POSIX shell changes when it stands bare. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * One word for a POSIX shell: single quotes, in which nothing is special but the quote itself (POSIX.1-2024, XCU 2.2.2).
 *
 * @throws TypeError for a word with NUL, which no argument can hold
 */
export function quoteWord(word: string): string {
  if (word.includes('\0')) throw new TypeError('a word of a command cannot contain NUL');
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line for a POSIX shell from its words. Secrets do not belong here: arguments can be seen by every user of the host. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** The command line as root: as it is for root, else by sudo, which must not ask for a password. */
export function asRoot(user: string, words: readonly string[]): string {
  return commandLine(user === 'root' ? words : ['sudo', '-n', ...words]);
}
