import { fileURLToPath } from 'node:url';

/** What AZDOCK_TEST_DISK says, in JSON. */
export interface FaultyDisk {
  /** Calls on what is below count. */
  readonly root: string;
  /** The number of the call at which it happens, from 1. */
  readonly at: number;
  /** `none` counts only; `kill` ends the process before the call, half-way through when it writes; `full` is a disk that takes nothing more from there on. */
  readonly fault: 'none' | 'kill' | 'full';
  /** Gets a line for each call. */
  readonly log: string;
}

/** Variables that bring a fault into a run of azdock. */
export function withFault(disk: FaultyDisk): Readonly<Record<string, string>> {
  const preload = fileURLToPath(new URL('faulty-disk-preload.ts', import.meta.url));
  return { AZDOCK_TEST_DISK: JSON.stringify(disk), NODE_OPTIONS: `--import=${preload}` };
}
