import { basename, dirname } from 'node:path';
import { RecordError } from '../errors/record-error.ts';
import { givingUp } from './giving-up.ts';
import { formatJson, jsonProblem, parseJson } from './go-json.ts';
import type { Sidecar } from './sidecar.ts';

const PHASES = ['creating', 'ready', 'failed', 'removing'];

/**
 * Reads `azdock.json`. Keys that this version does not know stay.
 *
 * @throws RecordError when the text is none, or of a newer format
 */
export function parseSidecar(text: string, file: string): Sidecar {
  let raw: unknown;
  try {
    raw = parseJson(text);
  } catch (error) {
    throw broken(file, jsonProblem(error));
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw broken(file, 'it holds no JSON object');
  const { version, id, phase, createdAt, journal } = raw as Partial<Record<keyof Sidecar, unknown>>;
  if (typeof version === 'number' && version > 1) throw fromTheFuture(file, version);
  if (version !== 1) throw broken(file, 'version is not 1');
  if (typeof id !== 'string' || typeof createdAt !== 'string') throw broken(file, 'id or createdAt is missing');
  if (typeof phase !== 'string' || !PHASES.includes(phase))
    throw broken(file, `phase ${JSON.stringify(phase)} is not known`);
  if (!Array.isArray(journal) || !journal.every(isEntry)) throw broken(file, 'journal is not a list of resources');
  return raw as Sidecar;
}

/** The text of `azdock.json`, in the style of `config.json`. */
export function formatSidecar(sidecar: Sidecar): string {
  return formatJson(sidecar);
}

function isEntry(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  return 'id' in entry && typeof entry.id === 'string' && 'shared' in entry && typeof entry.shared === 'boolean';
}

function broken(file: string, why: string): RecordError {
  return new RecordError(`${file} cannot be used: ${why}.`, {
    resource: file,
    nextSteps: givingUp(basename(dirname(file))),
  });
}

function fromTheFuture(file: string, version: number): RecordError {
  return new RecordError(
    `${file} was written by a newer azdock: it has version ${version}, and this azdock knows 1. Update azdock to use this machine.`,
    { resource: file, nextSteps: [{ label: 'See which azdock this is', command: 'azdock --version' }] },
  );
}
