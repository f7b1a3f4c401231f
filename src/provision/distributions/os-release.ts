/** Values of an os-release file by their keys, such as `ID`. */
export type OsRelease = ReadonlyMap<string, string>;

/**
 * Reads os-release(5): shell assignments, bare, in single or in double quotes. Comments and lines of any other form are passed over,
 * and of a key that stands there twice the last one counts, as it would for a shell.
 */
export function parseOsRelease(text: string): OsRelease {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) values.set(match[1], unquoted(match[2] ?? ''));
  }
  return values;
}

/** What the user knows the system as: `Ubuntu 24.04.1 LTS`, else its ID. */
export function systemName(release: OsRelease): string {
  return release.get('PRETTY_NAME') || release.get('NAME') || release.get('ID') || 'a system without a name';
}

function unquoted(value: string): string {
  const single = /^'([^']*)'$/.exec(value);
  if (single !== null) return single[1] ?? '';
  const inner = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return inner.replaceAll(/\\(["'$`\\])/g, '$1');
}
