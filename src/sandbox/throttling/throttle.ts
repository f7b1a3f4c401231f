import { ArmProblem } from '../arm/problem.ts';
import type { SandboxClock } from '../clock.ts';
import type { Call } from '../http/exchange.ts';
import type { Throttling } from '../settings.ts';
import { Buckets } from './bucket.ts';
import { type Draw, drawsOf } from './limits.ts';

/** Counts calls as Azure's throttling does, reports what remains, and refuses where the sandbox is set to. */
export class Throttle {
  readonly #buckets = new Buckets();
  readonly #clock: SandboxClock;
  readonly #settings: { readonly throttling: Throttling };

  constructor(clock: SandboxClock, settings: { readonly throttling: Throttling }) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /**
   * Takes a token of every bucket that the call draws from.
   *
   * @throws ArmProblem 429 with `Retry-After`; then no token is taken
   */
  admit(call: Call, principal: string): void {
    const nowMs = this.#clock.nowMs();
    const draws = this.#draws(call, principal);
    const empty = draws.find(({ bucket, limit }) => this.#buckets.left(bucket, limit, nowMs) < 1);
    if (empty !== undefined && this.#settings.throttling.enabled)
      throw tooMany(call, empty, Math.ceil(this.#buckets.wait(empty.bucket, empty.limit, nowMs)));
    for (const { bucket, limit } of draws) this.#buckets.take(bucket, limit, nowMs);
  }

  /** The headers that tell what is left. */
  headers(call: Call, principal: string): Readonly<Record<string, string>> {
    const nowMs = this.#clock.nowMs();
    const headers: Record<string, string> = {};
    for (const { bucket, limit, header } of this.#draws(call, principal)) {
      if (header === undefined) continue;
      const [name, word = ''] = header;
      const value = `${word}${this.#buckets.left(bucket, limit, nowMs)}`;
      headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
    }
    return headers;
  }

  /** With the profile's factor time goes faster, and so do the buckets fill. */
  #draws(call: Call, principal: string): readonly Draw[] {
    const { factor } = this.#settings.throttling;
    return drawsOf(call, principal).map(({ limit, ...draw }) => ({
      ...draw,
      limit: { size: limit.size, refillPerSecond: limit.refillPerSecond * factor },
    }));
  }
}

function tooMany(call: Call, { owner, bucket }: Draw, seconds: number): ArmProblem {
  const headers = { 'retry-after': String(Math.max(1, seconds)) };
  if (owner === 'compute') {
    const text = 'The server rejected the request because too many requests have been received for this subscription.';
    const details = [{ code: 'TooManyRequests', message: `Bucket ${bucket} is empty.` }];
    return new ArmProblem(429, 'OperationNotAllowed', text, { headers, details });
  }
  if (owner === 'network')
    return new ArmProblem(429, 'TooManyRequests', 'The request is being throttled by Microsoft.Network.', { headers });
  const what = `${call.method} ${call.path}`;
  const text = `The requests of this principal are throttled (${bucket.split(' ')[0]}); ${what} was not done.`;
  return new ArmProblem(429, 'SubscriptionRequestsThrottled', text, { headers });
}
