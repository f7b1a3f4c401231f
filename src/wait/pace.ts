import type { Clock } from './wait-until.ts';

/** A token bucket of a service, as its documentation describes it. */
export interface PaceLimit {
  /** Requests at once, after a rest. */
  readonly size: number;
  readonly refillPerSecond: number;
}

interface Lane {
  /** What the service has left, as of `atMs`. */
  left: number;
  atMs: number;
  /** Admitted and not yet answered, and those that wait for their turn. */
  inFlight: number;
  queued: number;
  /** Nothing goes before this moment: the service has asked for a rest. */
  pausedUntilMs: number;
}

/**
 * Keeps the requests of one process within a service's rate limits. All that work on the same subscription share one: then a hundred
 * creations wait for each other instead of being refused.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();
  #aheadMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * By how much this computer's clock is ahead of the service's, by its last answer, in milliseconds; to a second or two. Undefined as
   * long as no answer has told the time.
   */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }

  /** An answer has come at `now`, by this computer's clock. @param date its header `Date` (RFC 9110, 6.6.1) */
  heard(date: string | undefined, now: Date): void {
    const theirs = Date.parse(date ?? '');
    if (!Number.isNaN(theirs)) this.#aheadMs = now.getTime() - theirs;
  }

  /** Waits for the turn of a request. Call {@link answered} when it is over. @throws the signal's reason */
  async admit(name: string, limit: PaceLimit, signal?: AbortSignal): Promise<void> {
    const lane = this.#lane(name, limit);
    lane.queued += 1;
    try {
      for (;;) {
        const waitMs = this.#waitMs(lane, limit);
        if (waitMs <= 0) break;
        await this.#clock.sleep(waitMs, signal);
      }
      lane.inFlight += 1;
    } finally {
      lane.queued -= 1;
    }
  }

  /** A request is over; `left` is what its answer says about the bucket, undefined when it says nothing. */
  answered(name: string, limit: PaceLimit, left: number | undefined): void {
    const lane = this.#lane(name, limit);
    lane.left = left ?? this.#leftNow(lane, limit) - 1;
    lane.atMs = this.#clock.now();
    lane.inFlight -= 1;
  }

  /** The service has refused a request: nothing more goes for so long. */
  pause(name: string, limit: PaceLimit, ms: number): void {
    const lane = this.#lane(name, limit);
    lane.left = 0;
    lane.atMs = this.#clock.now();
    lane.pausedUntilMs = Math.max(lane.pausedUntilMs, this.#clock.now() + ms);
  }

  #lane(name: string, limit: PaceLimit): Lane {
    const fresh = { left: limit.size, atMs: this.#clock.now(), inFlight: 0, queued: 0, pausedUntilMs: 0 };
    const lane = this.#lanes.get(name) ?? fresh;
    this.#lanes.set(name, lane);
    return lane;
  }

  #leftNow(lane: Lane, { size, refillPerSecond }: PaceLimit): number {
    return Math.min(size, lane.left + ((this.#clock.now() - lane.atMs) / 1000) * refillPerSecond);
  }

  /** Others may draw from the same bucket: a tenth of it is left to them. */
  #waitMs(lane: Lane, limit: PaceLimit): number {
    const now = this.#clock.now();
    const free = this.#leftNow(lane, limit) - lane.inFlight - limit.size / 10;
    const untilFree = free >= 1 ? 0 : ((1 - free) / limit.refillPerSecond) * 1000;
    return Math.max(Math.ceil(untilFree), lane.pausedUntilMs - now);
  }
}
