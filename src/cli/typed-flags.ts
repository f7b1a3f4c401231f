/**
 * Names of the flags that stand among the words of a command line, without dashes; what the environment says of them is not among
 * them.
 *
 * @param words as typed
 * @param flags by name; oclif's flag definitions fit
 */
export function typedFlags(
  words: readonly string[],
  flags: Readonly<Record<string, { readonly char?: string | undefined }>>,
): ReadonlySet<string> {
  const end = words.indexOf('--');
  const spelled = (end === -1 ? words : words.slice(0, end)).flatMap((word) => /^--?([^=]+)/.exec(word)?.[1] ?? []);
  const found = new Set(spelled);
  const isTyped = (name: string, char: string | undefined) =>
    found.has(name) || found.has(`no-${name}`) || (char !== undefined && found.has(char));
  return new Set(Object.entries(flags).flatMap(([name, { char }]) => (isTyped(name, char) ? [name] : [])));
}
