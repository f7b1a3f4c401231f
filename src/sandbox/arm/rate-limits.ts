import type { SandboxClock } from '../clock.ts';
import type { Call } from '../http/exchange.ts';

interface Bucket {
  tokens: number;
  lastMs: number;
}

interface Limit {
  readonly size: number;
  readonly refillPerSecond: number;
}

/** Token buckets of one subscription and principal: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const limits = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
} as const satisfies Record<string, Limit>;

/** ARM's global cap is this many times one principal's. */
const globalFactor = 15;

/** Per minute, of a subscription in a region: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/troubleshooting-throttling-errors */
const computeLimits = {
  PutVM: { size: 1500, refillPerSecond: 500 / 60 },
  UpdateVM: { size: 1500, refillPerSecond: 500 / 60 },
  DeleteVM: { size: 1500, refillPerSecond: 500 / 60 },
  LowCostGet: { size: 24_000, refillPerSecond: 8000 / 60 },
  HighCostGet: { size: 900, refillPerSecond: 300 / 60 },
  GetOperation: { size: 15_000, refillPerSecond: 5000 / 60 },
} as const satisfies Record<string, Limit>;

/** Counts calls as ARM's throttling does and reports what remains. Nothing is refused: arm a fault for a 429. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Takes one token and gives the headers that tell what is left. */
  count(call: Call): Readonly<Record<string, string>> {
    const kind = call.method === 'DELETE' ? 'deletes' : isRead(call) ? 'reads' : 'writes';
    const scope = call.path.toLowerCase().startsWith('/subscriptions/') ? 'subscription' : 'tenant';
    const { size, refillPerSecond } = limits[kind];
    const own = this.#take(`${scope}-${kind}`, { size, refillPerSecond });
    const all = { size: size * globalFactor, refillPerSecond: refillPerSecond * globalFactor };
    const prefix = `x-ms-ratelimit-remaining-${scope}`;
    const compute = computeBucket(call);
    return {
      [`${prefix}-${kind}`]: String(own),
      [`${prefix}-global-${kind}`]: String(this.#take(`${scope}-global-${kind}`, all)),
      ...(compute === undefined
        ? {}
        : {
            'x-ms-ratelimit-remaining-resource': `Microsoft.Compute/${compute};${this.#take(compute, computeLimits[compute])}`,
          }),
    };
  }

  #take(name: string, { size, refillPerSecond }: Limit): number {
    const nowMs = this.#clock.nowMs();
    const bucket = this.#buckets.get(name) ?? { tokens: size, lastMs: nowMs };
    const refilled = Math.min(size, bucket.tokens + ((nowMs - bucket.lastMs) / 1000) * refillPerSecond);
    this.#buckets.set(name, { tokens: Math.max(0, refilled - 1), lastMs: nowMs });
    return Math.floor(Math.max(0, refilled - 1));
  }
}

function isRead({ method }: Call): boolean {
  return method === 'GET' || method === 'HEAD';
}

function computeBucket(call: Call): keyof typeof computeLimits | undefined {
  const inside = call.path.split(/\/providers\/Microsoft\.Compute\//i)[1]?.toLowerCase();
  if (inside === undefined) return undefined;
  if (/\/operations\//.test(inside)) return 'GetOperation';
  if (isRead(call)) return inside === 'virtualmachines' ? 'HighCostGet' : 'LowCostGet';
  if (call.method === 'DELETE' || inside.endsWith('/deallocate')) return 'DeleteVM';
  return call.method === 'PUT' && !inside.includes('/extensions/') ? 'PutVM' : 'UpdateVM';
}
