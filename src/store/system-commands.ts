import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NextStep } from '../errors/azdock-error.ts';

/** How to look at a file or directory that is not as it should be. */
export function lookAt(path: string): NextStep[] {
  return [{ label: 'See what it is', command: isWindows() ? `dir /a ${quoted(path)}` : `ls -ld ${quoted(path)}` }];
}

/** How to see who may do what with a file or directory. */
export function lookAtAccess(path: string): NextStep[] {
  const whose = isWindows() ? `icacls ${quoted(path)}` : `ls -ld ${quoted(dirname(path))} ${quoted(path)}`;
  return [{ label: 'See whose it is', command: whose }];
}

/** How to see what the file system of a path has left, and how it is mounted. */
export function lookAtSpace(path: string): NextStep[] {
  return isWindows() ? [] : [{ label: 'See what is free', command: `df -h ${quoted(existing(path))}` }];
}

function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

function isWindows(): boolean {
  return process.platform === 'win32';
}

/** A word for pasting into the system's usual shell. */
export function quoted(word: string): string {
  if (/^[\w./@%+=:,-]+$/.test(word)) return word;
  return isWindows() ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
