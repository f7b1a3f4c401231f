import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { World } from './azdock.ts';

/** Writes down the words of every process that azdock starts, however short it lives. */
export interface SpawnLog {
  /** Environment for the runs that are to be watched; the processes that they start are watched as well. */
  readonly env: { readonly NODE_OPTIONS: string };
  /** One JSON list of words for each process. */
  read(): Promise<string>;
}

export async function openSpawnLog(world: World): Promise<SpawnLog> {
  const log = join(world.directory, 'spawned.jsonl');
  const hook = join(world.directory, 'spawn-hook.mjs');
  // All of node:child_process but the synchronous functions comes down to this method.
  await writeFile(
    hook,
    `import { ChildProcess } from 'node:child_process';
     import { appendFileSync } from 'node:fs';
     const { spawn } = ChildProcess.prototype;
     ChildProcess.prototype.spawn = function (options) {
       appendFileSync(${JSON.stringify(log)}, JSON.stringify([options.file, ...options.args]) + '\\n');
       return spawn.call(this, options);
     };`,
  );
  await writeFile(log, '');
  return { env: { NODE_OPTIONS: `--import ${pathToFileURL(hook).href}` }, read: () => readFile(log, 'utf8') };
}
