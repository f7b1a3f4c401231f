import { type Dirent, readdirSync } from 'node:fs';
import { errorCode, fileFailure } from './file-failure.ts';
import { machinesDir } from './layout.ts';

/**
 * The machines of a store in byte order: sub-directories of `machines/` whose names do not start with a dot, as
 * docker-machine and GitLab Runner count them. A store that does not exist has none.
 *
 * @throws StoreError
 */
export function machineNamesSync(root: string): string[] {
  return namesOf(root, (entry) => entry.isDirectory());
}

/** The same with those that are links: whatever a link leads to, a machine of that name may be there. @throws StoreError */
export function possibleNamesSync(root: string): string[] {
  return namesOf(root, (entry) => entry.isDirectory() || entry.isSymbolicLink());
}

function namesOf(root: string, isOne: (entry: Dirent) => boolean): string[] {
  const dir = machinesDir(root);
  try {
    const found = readdirSync(dir, { withFileTypes: true });
    const names = found.filter((entry) => isOne(entry) && !entry.name.startsWith('.')).map((entry) => entry.name);
    return names.sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileFailure(error, 'read', dir);
  }
}

/** Sorted as docker-machine sorts its table: letter case ignored, runs of digits by their value, digits before letters. */
export function inNaturalOrder(names: readonly string[]): string[] {
  return [...names].sort((a, b) => compareNaturally(a.toLowerCase(), b.toLowerCase()) || compareText(a, b));
}

function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (const [index, chunk] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = isDigits(chunk) && isDigits(other) ? compareDigits(chunk, other) : compareText(chunk, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function isDigits(text: string): boolean {
  return /^\d/.test(text);
}

/** By value, though the runs may be longer than a number can hold. */
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
