import { posix } from 'node:path';

export interface FileNode {
  readonly kind: 'file' | 'directory';
  /** Permission bits. */
  mode: number;
  content: Buffer;
  /** Seconds since 1970. */
  changedAt: number;
}

/** A simulated guest's files: in memory only, so that no path can lead to a file of this computer. */
export class FileTree {
  readonly #nodes = new Map<string, FileNode>([['/', directory(0o755)]]);

  get(path: string): FileNode | undefined {
    return this.#nodes.get(resolve(path));
  }

  /** Names of what is in a directory; undefined when it is none. */
  list(path: string): string[] | undefined {
    const folder = resolve(path);
    if (this.#nodes.get(folder)?.kind !== 'directory') return undefined;
    return [...this.#nodes.keys()]
      .filter((key) => key !== '/' && posix.dirname(key) === folder)
      .map((key) => posix.basename(key));
  }

  /** Makes an empty file, or empties the one that is there. False when its directory is missing. */
  truncate(path: string, mode: number): boolean {
    const place = resolve(path);
    if (!this.#hasParent(place) || this.#nodes.get(place)?.kind === 'directory') return false;
    const kept = this.#nodes.get(place)?.mode;
    this.#nodes.set(place, { kind: 'file', mode: kept ?? mode, content: Buffer.alloc(0), changedAt: now() });
    return true;
  }

  /** Writes a file whole, with its directories. */
  put(path: string, content: string | Buffer, mode: number): void {
    this.makeFolders(posix.dirname(resolve(path)));
    this.#nodes.set(resolve(path), { kind: 'file', mode, content: Buffer.from(content), changedAt: now() });
  }

  makeFolders(path: string): void {
    const place = resolve(path);
    if (this.#nodes.has(place)) return;
    this.makeFolders(posix.dirname(place));
    this.#nodes.set(place, directory(0o755));
  }

  makeFolder(path: string, mode: number): boolean {
    const place = resolve(path);
    if (this.#nodes.has(place) || !this.#hasParent(place)) return false;
    this.#nodes.set(place, directory(mode));
    return true;
  }

  /** Removes a file or an empty directory. */
  remove(path: string): boolean {
    const place = resolve(path);
    return place !== '/' && (this.list(place) ?? []).length === 0 && this.#nodes.delete(place);
  }

  rename(from: string, to: string): boolean {
    const [source, target] = [resolve(from), resolve(to)];
    const node = this.#nodes.get(source);
    if (node?.kind !== 'file' || !this.#hasParent(target) || this.#nodes.get(target)?.kind === 'directory')
      return false;
    this.#nodes.delete(source);
    this.#nodes.set(target, node);
    return true;
  }

  #hasParent(place: string): boolean {
    return this.#nodes.get(posix.dirname(place))?.kind === 'directory';
  }
}

function directory(mode: number): FileNode {
  return { kind: 'directory', mode, content: Buffer.alloc(0), changedAt: now() };
}

function resolve(path: string): string {
  return posix.resolve('/', path);
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
