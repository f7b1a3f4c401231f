import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { realPath } from '../scripts/program.ts';

/** What lies where a link of ours would. */
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ours'; readonly target: string }
  /** `what` completes "There is". */
  | { readonly kind: 'foreign'; readonly what: string };

/**
 * Looks without following: ours is a link to the program that runs, or to an azdock of another place, also one that is gone.
 * @param entry path of the program that runs
 */
export function lookAt(path: string, entry: string): Found {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'nothing' };
  if (!stat.isSymbolicLink()) {
    return { kind: 'foreign', what: stat.isDirectory() ? 'a directory' : `a file of ${stat.size} bytes` };
  }
  const target = resolve(dirname(path), readlinkSync(path));
  const real = realPath(path);
  const isOurs = (real !== undefined && real === realPath(entry)) || isAzdock(target) || isAzdock(real ?? '');
  return isOurs ? { kind: 'ours', target } : { kind: 'foreign', what: `a link to ${target}` };
}

/** Puts a link of ours there, in the place of an older one. Whoever looks meanwhile sees the one or the other. */
export function putLink(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = join(dirname(path), `.${basename(path)}~${process.pid}`);
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  renameSync(fresh, path);
}

/** Its name on PATH, or the file of its package that npm links there. */
function isAzdock(target: string): boolean {
  return basename(target) === 'azdock' || /[\\/]azdock[\\/]bin[\\/]run\.js$/.test(target);
}
