/** One side of `scp` or `mount`, as the user wrote it. */
export type CopyPlace =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'machine'; readonly machine: string; readonly user: string | undefined; readonly path: string };

/**
 * Reads `PATH`, `localhost:PATH` or `[USER@]MACHINE:PATH`. As with scp, a colon behind a slash belongs to a path; a letter, a
 * colon and a slash of either kind are a drive.
 *
 * @param isMachine whether the store has a machine of that name: one with a single letter is no drive, but on Windows
 */
export function parseCopyPlace(
  text: string,
  { isMachine, windows }: { readonly isMachine: (name: string) => boolean; readonly windows: boolean },
): CopyPlace {
  const local: CopyPlace = { kind: 'local', path: text };
  if (text.startsWith('\\\\')) return local;
  if (/^[A-Za-z]:[\\/]/.test(text) && (windows || !isMachine(text.slice(0, 1)))) return local;
  const match = /^(?:([^:/]*)@)?([^:/@]+):(.*)$/s.exec(text);
  if (match === null) return local;
  const [, user, machine = '', path = ''] = match;
  if (machine === 'localhost' && user === undefined) return { kind: 'local', path: path === '' ? '.' : path };
  return { kind: 'machine', machine, user: user === '' ? undefined : user, path };
}
