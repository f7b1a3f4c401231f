import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { locksDir, machinePaths } from './layout.ts';
import { LEASE_MS, type LockHolder, parseHolder } from './lock-file.ts';
import { fateOf } from './process-identity.ts';

/** Path of a machine's lock. @throws MachineNotFoundError when `name` could not even be a directory */
export function machineLock(root: string, name: string): string {
  return join(locksDir(root), `machine-${basename(machinePaths(root, name).dir)}.lock`);
}

/**
 * Who is at work on a machine just now; undefined when nobody is. Nothing is taken or changed, so that the answer may be an old one the
 * moment it is given.
 */
export function machineLockHolder(root: string, name: string): LockHolder | undefined {
  const path = machineLock(root, name);
  try {
    const holder = parseHolder(readFileSync(path, 'utf8'));
    if (holder.pid === 0) return undefined;
    const fate = fateOf(holder);
    if (fate !== 'unknown') return fate === 'alive' ? holder : undefined;
    return Date.now() - statSync(path).mtimeMs < LEASE_MS ? holder : undefined;
  } catch {
    // No lock, or none that can be read.
    return undefined;
  }
}
