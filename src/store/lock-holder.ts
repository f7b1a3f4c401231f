import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { locksDir, machinePaths } from './layout.ts';
import { LEASE_MS, type LockHolder, parseHolder } from './lock-file.ts';
import { fateOf } from './process-identity.ts';
import { readStoreFileSync } from './read-file.ts';
import { temporaryBase } from './temporary-name.ts';

/** Path of a machine's lock. @throws MachineNotFoundError when `name` could not even be a directory */
export function machineLock(root: string, name: string): string {
  return join(locksDir(root), `machine-${temporaryBase(basename(machinePaths(root, name).dir))}.lock`);
}

/**
 * Who is at work on a machine just now; undefined when nobody is. Nothing is taken or changed, so that the answer may be an old one the
 * moment it is given.
 */
export function machineLockHolder(root: string, name: string): LockHolder | undefined {
  const path = machineLock(root, name);
  try {
    const text = readStoreFileSync(path);
    const holder = text === undefined ? undefined : parseHolder(text);
    if (holder === undefined || holder.pid === 0) return undefined;
    const fate = fateOf(holder);
    if (fate !== 'unknown') return fate === 'alive' ? holder : undefined;
    return Math.abs(Date.now() - statSync(path).mtimeMs) < LEASE_MS ? holder : undefined;
  } catch {
    // No lock, or none that can be read.
    return undefined;
  }
}
