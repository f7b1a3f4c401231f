import { readdirSync, readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** The thread of `process-watch.ts`: looks at all processes until the flag is set, then tells what it has seen. */
const flag = new Int32Array(workerData as SharedArrayBuffer);
/** Pause between two looks, in milliseconds: a process of ours lives a hundred times as long. */
const PAUSE_MS = 2;

const seen = new Set<string>();
parentPort?.postMessage('ready');
do look();
while (Atomics.wait(flag, 0, 0, PAUSE_MS) === 'timed-out');
parentPort?.postMessage([...seen]);

function look(): void {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', '\n'));
    } catch {
      // It has ended meanwhile.
    }
  }
}
