import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './state/write-atomically.ts';

/** Content of `sandbox.json`: all that a client needs. See `docs/sandbox.md`. */
export interface Discovery {
  readonly version: 1;
  readonly pid: number;
  readonly startedAt: string;
  readonly endpoint: string;
  readonly authority: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly guests: 'linux' | 'simulated';
  /** Why the guests are simulated, when linux ones were preferred. */
  readonly guestsNote?: string;
  readonly sshPort: number;
  readonly dockerExtension: 'works' | 'fails' | 'absent';
  readonly controlToken: string;
}

const pathOf = (directory: string): string => join(directory, 'sandbox.json');

/** What the directory's sandbox says of itself; `undefined` when there is none. It may be down: ask {@link isProcessAlive}. */
export async function readDiscovery(directory: string): Promise<Discovery | undefined> {
  try {
    return parseDiscovery(await readFile(pathOf(directory), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function writeDiscovery(directory: string, discovery: Discovery): Promise<void> {
  await writeAtomically(pathOf(directory), `${JSON.stringify(discovery, null, 2)}\n`);
}

export async function removeDiscovery(directory: string): Promise<void> {
  await rm(pathOf(directory), { force: true });
}

/** True when a process with that id runs. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** It has ended, and its parent has not noticed yet (proc_pid_stat(5), field 3). */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.startsWith('Z', stat.lastIndexOf(')') + 2);
  } catch {
    return false;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function parseDiscovery(text: string): Discovery {
  const discovery = JSON.parse(text) as Discovery;
  if (discovery.version !== 1) throw new Error('The sandbox was started by a newer version of azdock.');
  return discovery;
}
