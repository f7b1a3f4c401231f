import type { HttpClient } from '@azure/core-rest-pipeline';
import type { SandboxClock } from '../../src/sandbox/clock.ts';
import type { Clock } from '../../src/wait/wait-until.ts';

/** A request that gets no answer is believed to be waiting for time to go on after so many real milliseconds. */
const STUCK_MS = 40;
/** How long a request may really go unanswered, in place of azdock's 100 s, where silence is what a case is about. */
const SILENCE_MS = 400;
/** 2026-11-20T12:00:00Z, in seconds. */
const START_MS = Date.parse('2026-11-20T12:00:00Z');

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/**
 * Time for azdock and a sandbox in the same process, that passes only while all are waiting for it: a quarter of an hour of
 * patience takes as long as its requests do. Sleepers wake in the order of their time.
 */
export class VirtualTime {
  readonly clock: Clock;
  readonly sandboxClock: SandboxClock;
  /** Some request is to get no answer. */
  isSilent = false;
  #nowMs = 0;
  #inFlight = 0;
  #lastChangeMs = performance.now();
  #isTicking = false;
  #idleTicks = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor() {
    this.clock = { now: () => this.#nowMs, sleep: (ms, signal) => this.#sleep(ms, signal) };
    this.sandboxClock = { nowMs: () => START_MS + this.#nowMs, sleep: (ms, signal) => this.#sleep(ms, signal) };
  }

  /** The client, watched: time does not pass while its requests are on their way. */
  watch(client: HttpClient): HttpClient {
    return {
      sendRequest: async (request) => {
        if (this.isSilent) request.timeout = SILENCE_MS;
        this.#change(1);
        try {
          return await client.sendRequest(request);
        } finally {
          this.#change(-1);
        }
      },
    };
  }

  #change(by: 1 | -1): void {
    this.#inFlight += by;
    this.#lastChangeMs = performance.now();
    this.#idleTicks = 0;
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + Math.max(0, ms), wake };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.add(sleeper);
      this.#idleTicks = 0;
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isTicking || this.#sleepers.size === 0) return;
    this.#isTicking = true;
    const tick = () => {
      this.#isTicking = false;
      this.#tick();
      this.#schedule();
    };
    if (this.#inFlight === 0) setImmediate(tick);
    else setTimeout(tick, 2);
  }

  /** Wakes the first sleeper once nobody has anything else to do. */
  #tick(): void {
    this.#idleTicks += 1;
    const isStuck = performance.now() - this.#lastChangeMs > STUCK_MS;
    if (this.#inFlight === 0 ? this.#idleTicks < 3 : !isStuck) return;
    const [first] = [...this.#sleepers].sort((one, other) => one.untilMs - other.untilMs);
    if (first === undefined) return;
    this.#sleepers.delete(first);
    this.#nowMs = Math.max(this.#nowMs, first.untilMs);
    this.#idleTicks = 0;
    first.wake();
  }
}
