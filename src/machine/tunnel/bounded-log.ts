import { appendFileSync, closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { MachineContext } from '../machine-context.ts';
import { tunnelPlace } from './tunnel-place.ts';

/** A log grows to this many bytes, then only its end stays. */
const MOST_BYTES = 128 * 1024;
const KEPT_BYTES = 32 * 1024;

/**
 * Appends a line with the time to a log, mode 0600, that never grows beyond a bound. Others may append to the file, too, and go on
 * doing so: it stays the same file. A log that cannot be written keeps nobody from his work.
 */
export function logLine(file: string, line: string, now: Date): void {
  try {
    appendFileSync(
      file,
      `${now.toISOString()} ${line.replaceAll(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ')}\n`,
      { mode: 0o600 },
    );
    shorten(file);
  } catch {
    // The directory is gone, or the disk is full.
  }
}

/** The log of a machine's tunnel. */
export function tunnelLog(
  machine: string,
  context: Pick<MachineContext, 'storePath' | 'environment'>,
): (line: string) => void {
  const { log } = tunnelPlace(machine, context);
  return (line) => logLine(log, line, new Date());
}

function shorten(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    if (size <= MOST_BYTES) return;
    const end = Buffer.alloc(KEPT_BYTES);
    const length = readSync(handle, end, 0, KEPT_BYTES, size - KEPT_BYTES);
    const kept = end.subarray(end.indexOf('\n') + 1, length);
    ftruncateSync(handle, 0);
    writeSync(handle, kept, 0, kept.length, 0);
  } finally {
    closeSync(handle);
  }
}
