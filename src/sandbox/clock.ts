import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the sandbox sees it, passed in so that tests need not sleep. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Resolves after `ms` milliseconds; rejects when `signal` is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const realClock: SandboxClock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {});
  },
};

/** `2026-11-20T21:40:03.123Z`, the form ARM uses. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
