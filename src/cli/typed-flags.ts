/**
 * Names of the flags that stand among the words of a command line, without dashes; what the environment says of them is not among
 * them.
 *
 * @param words as typed
 */
export function typedFlags(words: readonly string[], names: Iterable<string>): ReadonlySet<string> {
  const end = words.indexOf('--');
  const spelled = (end === -1 ? words : words.slice(0, end)).flatMap((word) => /^--?([^=]+)/.exec(word)?.[1] ?? []);
  const found = new Set(spelled.flatMap((word) => [word, word.replace(/^no-/, '')]));
  return new Set([...names].filter((name) => found.has(name)));
}
