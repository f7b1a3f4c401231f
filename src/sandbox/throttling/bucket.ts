/** A token bucket's rule. */
export interface Limit {
  /** Calls at once, after a rest. */
  readonly size: number;
  readonly refillPerSecond: number;
}

/** Token buckets by name, in a time that is passed in. */
export class Buckets {
  readonly #buckets = new Map<string, { tokens: number; lastMs: number }>();

  /** Whole tokens that are left. */
  left(name: string, limit: Limit, nowMs: number): number {
    return Math.floor(this.#refilled(name, limit, nowMs));
  }

  /** Takes one. */
  take(name: string, limit: Limit, nowMs: number): void {
    const tokens = Math.max(0, this.#refilled(name, limit, nowMs) - 1);
    this.#buckets.set(name, { tokens, lastMs: nowMs });
  }

  /** Seconds until there is one again. */
  wait(name: string, limit: Limit, nowMs: number): number {
    return Math.max(0, (1 - this.#refilled(name, limit, nowMs)) / limit.refillPerSecond);
  }

  #refilled(name: string, { size, refillPerSecond }: Limit, nowMs: number): number {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) return size;
    return Math.min(size, bucket.tokens + ((nowMs - bucket.lastMs) / 1000) * refillPerSecond);
  }
}
