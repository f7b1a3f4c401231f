import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Everything about the files and directories below one, by their paths: whoever writes a file, were it the same again, or makes
 * one and removes it, changes something in here.
 * @param leftOut names directly below it that do not matter
 */
export async function treeOf(directory: string, leftOut: readonly string[] = []): Promise<Record<string, string>> {
  const tree: Record<string, string> = { '.': await looksOf(directory) };
  const names = (await readdir(directory)).filter((name) => !leftOut.includes(name));
  for (const name of names.sort()) {
    const path = join(directory, name);
    if (!(await lstat(path)).isDirectory()) tree[name] = await looksOf(path);
    else for (const [below, looks] of Object.entries(await treeOf(path))) tree[join(name, below)] = looks;
  }
  return tree;
}

async function looksOf(path: string): Promise<string> {
  const found = await lstat(path, { bigint: true });
  const content = found.isFile()
    ? createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
    : '';
  const { mode, size, ino, mtimeNs, ctimeNs } = found;
  return [mode.toString(8), size, ino, mtimeNs, ctimeNs, content].join(' ');
}

/** Paths of all files below a directory, each beginning with the directory's own. */
export async function filesBelow(directory: string): Promise<string[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
