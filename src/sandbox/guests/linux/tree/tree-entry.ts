/** One thing that a guest's disk has, or hides, over the files of this computer. Paths are relative to the root. */
export type TreeEntry =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly content: string | Buffer;
      /** Permission bits. @defaultValue 0o644 */
      readonly mode?: number;
      readonly owner?: Owner;
    }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | {
      readonly kind: 'directory';
      readonly path: string;
      /** Permission bits. @defaultValue 0o755 */
      readonly mode?: number;
      readonly owner?: Owner;
      /** Nothing shows through of what this computer has there. @defaultValue false */
      readonly opaque?: boolean;
    }
  /** Hides what this computer has at that path. */
  | { readonly kind: 'absent'; readonly path: string };

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export function file(path: string, content: string | Buffer, mode = 0o644): TreeEntry {
  return { kind: 'file', path, content, mode };
}

export function link(path: string, target: string): TreeEntry {
  return { kind: 'link', path, target };
}

/** A directory that is empty but for what other entries put there. */
export function emptied(path: string, mode = 0o755): TreeEntry {
  return { kind: 'directory', path, mode, opaque: true };
}

export function absent(path: string): TreeEntry {
  return { kind: 'absent', path };
}
