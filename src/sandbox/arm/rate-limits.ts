import type { SandboxClock } from '../clock.ts';
import type { Call } from '../http/exchange.ts';

interface Bucket {
  readonly size: number;
  readonly refillPerSecond: number;
  tokens: number;
  lastMs: number;
}

/** Token buckets of one subscription and principal: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const sizes = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
} as const;

/** ARM's global cap is this many times one principal's. */
const globalFactor = 15;

/** Counts calls as ARM's throttling does and reports what remains. Nothing is refused: arm a fault for a 429. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Takes one token and gives the headers that tell what is left. */
  count(call: Call): Readonly<Record<string, string>> {
    const kind = call.method === 'DELETE' ? 'deletes' : ['GET', 'HEAD'].includes(call.method) ? 'reads' : 'writes';
    const scope = call.path.toLowerCase().startsWith('/subscriptions/') ? 'subscription' : 'tenant';
    const { size, refillPerSecond } = sizes[kind];
    const own = this.#take(`${scope}-${kind}`, size, refillPerSecond);
    const all = this.#take(`${scope}-global-${kind}`, size * globalFactor, refillPerSecond * globalFactor);
    const prefix = `x-ms-ratelimit-remaining-${scope}`;
    return { [`${prefix}-${kind}`]: String(own), [`${prefix}-global-${kind}`]: String(all) };
  }

  #take(name: string, size: number, refillPerSecond: number): number {
    const nowMs = this.#clock.nowMs();
    const bucket = this.#buckets.get(name) ?? { size, refillPerSecond, tokens: size, lastMs: nowMs };
    bucket.tokens = Math.min(size, bucket.tokens + ((nowMs - bucket.lastMs) / 1000) * refillPerSecond);
    bucket.lastMs = nowMs;
    bucket.tokens = Math.max(0, bucket.tokens - 1);
    this.#buckets.set(name, bucket);
    return Math.floor(bucket.tokens);
  }
}
