import { copyFile, type Place } from './copy-file.ts';
import type { FileFacts } from './file-side.ts';

export interface TreeCopy {
  readonly from: Place;
  /** A directory that is there gets the copy into it; anything else is what the copy is called. */
  readonly to: Place;
  readonly recursive: boolean;
  /** Called with the path of each file before it is copied. */
  readonly onFile: (path: string) => void;
  readonly signal: AbortSignal;
}

/** What could not be copied, and why; the rest was. */
export interface Skipped {
  readonly path: string;
  readonly why: string;
}

/**
 * Copies a file, or a directory with all that is in it, by scp's rules: links are followed, permissions come along to what is
 * new, and what cannot be copied does not keep the rest.
 *
 * @returns what was left out
 */
export async function copyTree(copy: TreeCopy): Promise<Skipped[]> {
  const { from, to, recursive, onFile, signal } = copy;
  const skipped: Skipped[] = [];
  const sameSide = from.side === to.side;
  let copied: string | undefined;
  const goal = await to.side.stat(to.path);
  const target = goal?.kind === 'directory' ? child(to, from.side.nameOf(from.path)) : to;
  await visit(from, target, []);
  return skipped;

  /** @param above real paths of the directories that we are in: a link back to one would have no end */
  async function visit(source: Place, place: Place, above: readonly string[]): Promise<void> {
    signal.throwIfAborted();
    try {
      const facts = await source.side.stat(source.path);
      if (facts === undefined)
        skip(source, above.length === 0 ? 'no such file or directory' : 'it is a link that leads nowhere');
      else if (facts.kind === 'other') skip(source, 'it is neither a file nor a directory');
      else if (facts.kind === 'directory') await visitDirectory({ source, place, above, facts });
      else if (sameSide && (await isSame(source, place))) skip(source, 'source and target are the same file');
      else {
        onFile(source.path);
        await copyFile({ from: source, to: place, mode: facts.mode, signal });
      }
    } catch (error) {
      signal.throwIfAborted();
      skip(source, error instanceof Error ? error.message : String(error));
    }
  }

  async function visitDirectory(visited: {
    readonly source: Place;
    readonly place: Place;
    readonly above: readonly string[];
    readonly facts: FileFacts;
  }): Promise<void> {
    const { source, place, above, facts } = visited;
    if (!recursive) return skip(source, 'it is a directory; --recursive copies those');
    const real = await source.side.realPath(source.path);
    if (above.includes(real)) return skip(source, 'it is a link to a directory that it is in');
    if (sameSide && real === copied) return skip(source, 'it is the copy itself');
    const isNew = (await place.side.stat(place.path)) === undefined;
    // Ours to write into at first, whatever it is to be in the end.
    if (isNew) await place.side.makeDirectory(place.path, facts.mode | 0o700);
    copied ??= await place.side.realPath(place.path);
    const names = await source.side.list(source.path);
    for (const name of names) {
      if (name === '.' || name === '..') continue;
      if (!isName(name)) skip(source, `it names ${JSON.stringify(name)}, which is no name of a file`);
      else await visit(child(source, name), child(place, name), [...above, real]);
    }
    if (isNew && (facts.mode & 0o700) !== 0o700) await place.side.setMode(place.path, facts.mode);
  }

  function skip({ path }: Place, why: string): void {
    skipped.push({ path, why });
  }
}

function child({ side, path }: Place, name: string): Place {
  return { side, path: side.join(path, name) };
}

async function isSame(source: Place, place: Place): Promise<boolean> {
  if ((await place.side.stat(place.path)) === undefined) return false;
  return (await source.side.realPath(source.path)) === (await place.side.realPath(place.path));
}

/** A host that lies could otherwise write anywhere on this computer. */
function isName(name: string): boolean {
  return name !== '' && !/[/\0]/.test(name) && !(process.platform === 'win32' && /[\\:]/.test(name));
}
