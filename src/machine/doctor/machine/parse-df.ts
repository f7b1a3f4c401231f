/** A file system of the host. */
export interface FileSystem {
  readonly mountedOn: string;
  readonly sizeBytes: number;
  /** For whoever is not root. */
  readonly freeBytes: number;
  /** Files that it still takes; undefined where it does not count them. */
  readonly freeNodes: number | undefined;
}

/** `FILESYSTEM SIZE USED FREE USE% PLACE` (POSIX.1-2024, df -P); with `-i` in inodes, of which some have no number. */
const LINE = /^\S.*?\s+(\d+|-)\s+(\d+|-)\s+(-?\d+|-)\s+(\d+%|-)\s+(\/.*)$/;

/** @param blocks of `df -Pk` @param nodes of `df -Pi`. @returns each file system once; none for what is no such output */
export function parseFileSystems(blocks: string, nodes: string): readonly FileSystem[] {
  const counted = new Map(lines(nodes).map((line) => [line.place, line]));
  const systems = lines(blocks).map(({ place, size, free }) => {
    const inodes = counted.get(place);
    // File systems that have as many as are wanted, such as btrfs, tell 0 of 0.
    const isCounted = inodes !== undefined && (inodes.size ?? 0) > 0;
    return {
      mountedOn: place,
      sizeBytes: (size ?? 0) * 1024,
      freeBytes: Math.max(0, free ?? 0) * 1024,
      freeNodes: isCounted ? inodes.free : undefined,
    };
  });
  return [...new Map(systems.map((system) => [system.mountedOn, system])).values()];
}

function lines(
  output: string,
): readonly { readonly place: string; readonly size: number | undefined; readonly free: number | undefined }[] {
  const number = (text: string) => (text === '-' ? undefined : Number(text));
  return output.split('\n').flatMap((line) => {
    const [, size = '-', , free = '-', , place] = LINE.exec(line.trimEnd()) ?? [];
    return place === undefined ? [] : [{ place, size: number(size), free: number(free) }];
  });
}
