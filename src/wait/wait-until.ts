/** What a wait needs of time, passed in so that tests do not sleep. */
export interface Clock {
  /** Milliseconds since an arbitrary fixed point; only differences mean something. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    const { setTimeout: sleep } = await import('node:timers/promises');
    await sleep(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  },
};

/** Thrown by a probe to end the wait at once: trying again cannot help. */
export class StopWaiting extends Error {
  override readonly name = 'StopWaiting';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Thrown when a wait's deadline passes. `cause` is what the last probe threw. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly waitedMs: number;

  constructor(what: string, waitedMs: number, cause: unknown) {
    super(`${what} did not happen within ${Math.round(waitedMs / 1000)} s`, { cause });
    this.waitedMs = waitedMs;
  }
}

export interface Wait {
  /** What is awaited, as a noun phrase for the error: "SSH on 20.1.2.3". */
  readonly what: string;
  readonly deadlineMs: number;
  /** Pause between two probes, or a function of how many probes have failed so far. */
  readonly intervalMs: number | ((failures: number) => number);
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Calls `probe` until it returns, and gives what it returned.
 *
 * @throws DeadlineError when `deadlineMs` has passed; the cause of a {@link StopWaiting} at once; the signal's reason when aborted.
 */
export async function waitUntil<T>(wait: Wait, probe: (failures: number) => Promise<T>): Promise<T> {
  const start = wait.clock.now();
  for (let failures = 0; ; ) {
    wait.signal?.throwIfAborted();
    let failure: unknown;
    try {
      return await probe(failures);
    } catch (error) {
      if (error instanceof StopWaiting) throw error.cause;
      failure = error;
    }
    wait.signal?.throwIfAborted();
    failures += 1;
    const pause = typeof wait.intervalMs === 'number' ? wait.intervalMs : wait.intervalMs(failures);
    const waited = wait.clock.now() - start;
    if (waited >= wait.deadlineMs) throw new DeadlineError(wait.what, waited, failure);
    await wait.clock.sleep(Math.min(pause, wait.deadlineMs - waited), wait.signal);
  }
}
