import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isMissing, isProcessAlive } from '../discovery.ts';
import { processStamp } from './process-stamp.ts';

/** A guard that outlives its holder is swept away after this long, in milliseconds: its holder needs it for a few file calls. */
const guardPatienceMs = 10_000;

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same id. */
  readonly stamp: string;
}

/**
 * Takes the lock file for this process, or gives `undefined` when a living process has it. The lock of a dead one is taken over.
 * What is given releases the lock.
 */
export async function tryLock(path: string): Promise<(() => Promise<void>) | undefined> {
  const mine: Holder = { pid: process.pid, stamp: await processStamp(process.pid) };
  if (!(await create(path, mine)) && !(await takeOver(path, mine))) return undefined;
  return () => rm(path, { force: true });
}

/** True when a living process has the lock. */
export async function isLocked(path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder !== undefined && isProcessAlive(holder.pid) && (await processStamp(holder.pid)) === holder.stamp;
}

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600, flush: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Only one process at a time may decide that a lock is stale: two could each remove what the other has just made. */
async function takeOver(path: string, mine: Holder): Promise<boolean> {
  if (await isLocked(path)) return false;
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    const age = await stat(guard).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > guardPatienceMs) await rm(guard, { recursive: true, force: true });
    return false;
  }
  try {
    if (await isLocked(path)) return false;
    await rm(path, { force: true });
    return await create(path, mine);
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return parseHolder(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder {
  return JSON.parse(text) as Holder;
}
