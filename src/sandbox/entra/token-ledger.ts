import type { SandboxClock } from '../clock.ts';

/** Numbers access tokens in the order in which they are given, so that all given so far can expire before their time. */
export class TokenLedger {
  readonly #clock: SandboxClock;
  #last = 0;
  #expired = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** The number of a new token. Later processes give higher numbers. */
  next(): number {
    this.#last = Math.max(this.#last + 1, this.#clock.nowMs());
    return this.#last;
  }

  expireAll(): void {
    this.#expired = Math.max(this.#last, this.#clock.nowMs());
    this.#last = this.#expired;
  }

  isExpired(number: number): boolean {
    return number <= this.#expired;
  }
}
