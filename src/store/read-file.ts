import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { StoreError } from '../errors/store-error.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { lookAt } from './system-commands.ts';

/** Nothing comes near it: a record has some kilobytes, a file with all authorities that there are some hundred. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads a file of the store as text. Whatever is in its place, the answer comes at once: a named pipe, which would be waited at for
 * ever, a device and a file of any size are refused.
 *
 * @returns undefined when there is no such file
 * @throws StoreError
 */
export function readStoreFileSync(path: string): string | undefined {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, which Windows does not know, to open a pipe means to wait for somebody who writes (open(2)).
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    requirePlain(path, fstatSync(file));
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure(error, 'read', path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function requirePlain(path: string, found: Stats): void {
  const refuse = (why: string) =>
    new StoreError(`Cannot read ${path}: ${why}.`, { resource: path, nextSteps: lookAt(path) });
  if (found.isDirectory()) throw refuse('it is a directory');
  if (!found.isFile()) throw refuse('it is a pipe, a socket or a device, not a file');
  if (found.size > MOST_BYTES)
    throw refuse(
      `it has ${Math.ceil(found.size / 1e6)} MB, and no record or certificate has more than ${Math.floor(MOST_BYTES / 1e6)}`,
    );
}
