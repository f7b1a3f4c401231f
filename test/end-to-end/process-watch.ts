import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Looks at the arguments of all processes of this computer, over and over, while other things happen. Linux only. */
export interface ProcessWatch {
  /** Every different command line that was seen, its words separated by line feeds. */
  stop(): Promise<readonly string[]>;
}

export async function watchProcesses(): Promise<ProcessWatch> {
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./process-watch-worker.ts', import.meta.url), { workerData: shared });
  await once(worker, 'message');
  // A test that fails before it stops the watch ends all the same.
  worker.unref();
  return {
    async stop() {
      worker.ref();
      const flag = new Int32Array(shared);
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
      const [seen] = await once(worker, 'message');
      return seen;
    },
  };
}
