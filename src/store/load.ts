import { lstatSync } from 'node:fs';
import { MachineNotFoundError } from '../errors/machine-not-found-error.ts';
import { RecordError } from '../errors/record-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { type ParsedRecord, parseRecord } from './codec.ts';
import { errorCode } from './file-failure.ts';
import { givingUp } from './giving-up.ts';
import { machinePaths } from './layout.ts';
import { readStoreFileSync } from './read-file.ts';
import type { Sidecar } from './sidecar.ts';
import { parseSidecar } from './sidecar-codec.ts';

/** One machine, as the store holds it. */
export interface StoredMachine extends ParsedRecord {
  /** Undefined for a machine that docker-machine made. */
  readonly sidecar: Sidecar | undefined;
}

/**
 * Reads a record and nothing else, synchronously: for `env`, `ip` and their like, where every millisecond and every import
 * counts. Never writes: a record of an old format is migrated in memory.
 *
 * @throws MachineNotFoundError, RecordError, StoreError
 */
export function loadRecordSync(root: string, name: string): ParsedRecord {
  const { record: file, dir } = machinePaths(root, name);
  const text = readOf(name, file);
  if (text !== undefined) return parseRecord({ file, text, root, name });
  if (!isThere(dir)) throw new MachineNotFoundError(name);
  throw new RecordError(`Machine ${name} has no record: ${file} is missing.`, {
    resource: file,
    nextSteps: givingUp(name),
  });
}

/**
 * Reads the sidecar of a machine.
 *
 * @returns undefined when there is none, as beside records of docker-machine
 * @throws RecordError, StoreError
 */
export function loadSidecarSync(root: string, name: string): Sidecar | undefined {
  const { sidecar: file } = machinePaths(root, name);
  const text = readOf(name, file);
  return text === undefined ? undefined : parseSidecar(text, file);
}

/** Record and sidecar together. @throws MachineNotFoundError, RecordError, StoreError */
export function loadMachineSync(root: string, name: string): StoredMachine {
  return { ...loadRecordSync(root, name), sidecar: loadSidecarSync(root, name) };
}

/** What is no file tells nothing of the machine; one that may not be read, or not now, may be in order. */
function readOf(name: string, file: string): string | undefined {
  try {
    return readStoreFileSync(file);
  } catch (error) {
    if (!(error instanceof StoreError) || ['EACCES', 'EPERM', 'EIO'].includes(errorCode(error.cause) ?? ''))
      throw error;
    throw Object.defineProperty(error, 'nextSteps', {
      value: [...error.nextSteps, ...givingUp(name)],
      enumerable: true,
    });
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
