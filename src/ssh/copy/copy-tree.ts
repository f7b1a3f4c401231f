import { copyFile, type Place } from './copy-file.ts';

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
 * Copies a file, or a directory with all that is in it, by the rules of today's scp: links to files are followed, links to
 * directories are left out, permissions come along to what is new, and what cannot be copied does not keep the rest.
 *
 * @returns what was left out
 */
export async function copyTree(copy: TreeCopy): Promise<Skipped[]> {
  const { from, to, recursive, onFile, signal } = copy;
  const skipped: Skipped[] = [];
  const sameSide = from.side === to.side;
  let copied: string | undefined;
  const goal = await to.side.stat(to.path);
  const target = goal?.kind === 'directory' ? child(to, nameIn(from)) : to;
  await visit(from, target, true);
  return skipped;

  async function visit(source: Place, place: Place, isTop: boolean): Promise<void> {
    signal.throwIfAborted();
    try {
      const facts = await source.side.stat(source.path);
      if (facts === undefined) skip(source, isTop ? 'no such file or directory' : 'it is a link that leads nowhere');
      else if (facts.kind === 'other') skip(source, 'it is neither a file nor a directory');
      else if (facts.kind === 'directory') {
        if (!isTop && (await source.side.isLink(source.path))) skip(source, 'it is a link to a directory');
        else await visitDirectory(source, place, facts.mode);
      } else if (sameSide && (await isSame(source, place))) skip(source, 'source and target are the same file');
      else {
        onFile(source.path);
        await copyFile({ from: source, to: place, mode: facts.mode, signal });
      }
    } catch (error) {
      signal.throwIfAborted();
      skip(source, error instanceof Error ? error.message : String(error));
    }
  }

  async function visitDirectory(source: Place, place: Place, mode: number): Promise<void> {
    if (!recursive) return skip(source, 'it is a directory; --recursive copies those');
    if (sameSide && copied !== undefined && copied === (await source.side.realPath(source.path)))
      return skip(source, 'it is the copy itself');
    const isNew = (await place.side.stat(place.path)) === undefined;
    // Ours to write into at first, whatever it is to be in the end.
    if (isNew) await place.side.makeDirectory(place.path, mode | 0o700);
    copied ??= await place.side.realPath(place.path);
    for (const name of await source.side.list(source.path)) {
      if (name === '.' || name === '..') continue;
      if (!isName(name)) skip(source, `it names ${JSON.stringify(name)}, which is no name of a file`);
      else await visit(child(source, name), child(place, name), false);
    }
    if (isNew && (mode & 0o700) !== 0o700) await place.side.setMode(place.path, mode);
  }

  function skip({ path }: Place, why: string): void {
    skipped.push({ path, why });
  }
}

function child({ side, path }: Place, name: string): Place {
  return { side, path: side.join(path, name) };
}

/** `.`, `..` and the root have no name of their own: what is in them goes into the target itself. */
function nameIn({ side, path }: Place): string {
  const name = side.nameOf(path);
  return name === '' || name === '..' ? '.' : name;
}

async function isSame(source: Place, place: Place): Promise<boolean> {
  if ((await place.side.stat(place.path)) === undefined) return false;
  return (await source.side.realPath(source.path)) === (await place.side.realPath(place.path));
}

/** A host that lies could otherwise write anywhere on this computer. */
function isName(name: string): boolean {
  return name !== '' && !/[/\0]/.test(name) && !(process.platform === 'win32' && /[\\:]/.test(name));
}
