import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { certificatePaths, locksDir, machinePaths, machinesDir } from './layout.ts';
import { parseHolder } from './lock-file.ts';
import { machineNamesSync } from './names.ts';
import { fateOf } from './process-identity.ts';
import { readStoreFileSync } from './read-file.ts';
import { leftInDirectory, leftInLocks } from './sweep.ts';

/** What killed processes have left in a store. All of it goes by itself when the store is next written to there. */
export interface LeftBehind {
  /** Paths of beginnings of writes. */
  readonly temporaries: readonly string[];
  /** Paths of locks whose holders are dead. */
  readonly locks: readonly string[];
}

/** Looks through a store; nothing is changed. A store that does not exist has nothing. @throws StoreError */
export async function findLeftBehind(root: string): Promise<LeftBehind> {
  const machines = machineNamesSync(root).map((name) => machinePaths(root, name).dir);
  const directories = [root, certificatePaths(root).dir, machinesDir(root), ...machines];
  const locks = locksDir(root);
  const found = await Promise.all([...directories.map(leftInDirectory), leftInLocks(locks)]);
  const names = (await readdir(locks).catch(() => [])).filter((name) => name.endsWith('.lock'));
  return { temporaries: found.flat(), locks: names.map((name) => join(locks, name)).filter(isDead) };
}

/** True when the process that holds the lock is known to have ended. */
function isDead(path: string): boolean {
  try {
    const text = readStoreFileSync(path);
    if (text === undefined) return false;
    const holder = parseHolder(text);
    return holder.pid === 0 || fateOf(holder) === 'dead';
  } catch {
    return false;
  }
}
