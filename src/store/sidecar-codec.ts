import { RecordError } from '../errors/record-error.ts';
import { formatJson, parseJson } from './go-json.ts';
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
    throw broken(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw broken(file, 'it holds no JSON object');
  const { version, id, phase, createdAt, journal } = raw as Partial<Record<keyof Sidecar, unknown>>;
  if (version !== 1) throw broken(file, `version ${String(version)} is not known to this azdock; a newer one wrote it`);
  if (typeof id !== 'string' || typeof createdAt !== 'string') throw broken(file, 'id or createdAt is missing');
  if (typeof phase !== 'string' || !PHASES.includes(phase)) throw broken(file, `phase ${String(phase)} is not known`);
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
  return new RecordError(`${file} cannot be used: ${why}.`, { resource: file });
}
