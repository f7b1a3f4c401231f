import type { NextStep } from '../errors/azdock-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { lookAt, lookAtAccess, lookAtSpace } from './system-commands.ts';

/** What the system calls say, in plain words (errno(3)). */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'the operating system does not permit it',
  EROFS: 'the file system is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is a file, not a directory',
  EISDIR: 'it is a directory',
  EEXIST: 'something is already there',
  ENOTEMPTY: 'the directory is not empty',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this computer',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its symbolic links go round in circles',
  EBUSY: 'another program uses it',
  EIO: 'the disk reports an error',
  ESTALE: 'the network file system has lost it',
};

/** The error code of a failed system call, undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Turns a failed system call into a {@link StoreError} that says what could not be done, with which file, and why.
 * Whatever else was thrown is a defect of ours and comes back as it is.
 */
export function fileFailure(
  error: unknown,
  what: 'read' | 'write' | 'remove' | 'create' | 'lock',
  path: string,
): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof StoreError) return error;
  const reason = REASONS[code];
  return new StoreError(`Cannot ${what} ${path}: ${reason === undefined ? code : `${reason} (${code})`}.`, {
    resource: path,
    nextSteps: nextSteps(code, path),
    cause: error,
  });
}

function nextSteps(code: string, path: string): NextStep[] {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EROFS':
      return lookAtSpace(path);
    case 'EACCES':
    case 'EPERM':
      return lookAtAccess(path);
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
    case 'ELOOP':
      return lookAt(path);
    default:
      return [];
  }
}
