import type { Call } from '../http/exchange.ts';
import type { Limit } from './bucket.ts';

/** One bucket that a call draws from. */
export interface Draw {
  /** Name of the bucket: what shares a name shares the tokens. */
  readonly bucket: string;
  readonly limit: Limit;
  /** Header that tells what is left; several may share one, each with its own word before the number. */
  readonly header?: readonly [name: string, word?: string];
  /** Who refuses, in whose words. */
  readonly owner: 'arm' | 'compute' | 'network';
}

const perMinute = (refill: number, size: number): Limit => ({ size, refillPerSecond: refill / 60 });

/** Of one subscription and principal: learn.microsoft.com, "Understand how Azure Resource Manager throttles requests". */
const armLimits = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
} as const satisfies Record<string, Limit>;

/** ARM's cap for all principals of a subscription together is this many times one principal's. */
const GLOBAL_FACTOR = 15;

/** Of a subscription in a region, and of one virtual machine: learn.microsoft.com, "Compute throttling limits". */
const computeLimits = {
  PutVM: { all: perMinute(500, 1_500), one: perMinute(4, 12) },
  UpdateVM: { all: perMinute(500, 1_500), one: perMinute(4, 12) },
  DeleteVM: { all: perMinute(500, 1_500), one: perMinute(4, 12) },
  LowCostGet: { all: perMinute(8_000, 24_000), one: perMinute(12, 36) },
  HighCostGet: { all: perMinute(300, 900), one: undefined },
  GetOperation: { all: perMinute(5_000, 15_000), one: undefined },
} as const satisfies Record<string, { readonly all: Limit; readonly one: Limit | undefined }>;

/** Of a subscription: learn.microsoft.com, "Azure subscription and service limits", requests to Microsoft.Network in 5 minutes. */
const networkLimits = {
  reads: { size: 10_000, refillPerSecond: 10_000 / 300 },
  writes: { size: 1_000, refillPerSecond: 1_000 / 300 },
} as const satisfies Record<string, Limit>;

/** All buckets that a call draws from, Resource Manager's first. */
export function drawsOf(call: Call, principal: string): readonly Draw[] {
  return [...armDraws(call, principal), ...computeDraws(call), ...networkDraws(call)];
}

function armDraws(call: Call, principal: string): readonly Draw[] {
  const kind = call.method === 'DELETE' ? 'deletes' : isRead(call) ? 'reads' : 'writes';
  const scope = call.path.toLowerCase().startsWith('/subscriptions/') ? 'subscription' : 'tenant';
  const limit = armLimits[kind];
  const all = { size: limit.size * GLOBAL_FACTOR, refillPerSecond: limit.refillPerSecond * GLOBAL_FACTOR };
  const prefix = `x-ms-ratelimit-remaining-${scope}`;
  return [
    { bucket: `${scope}-${kind} ${principal}`, limit, header: [`${prefix}-${kind}`], owner: 'arm' },
    { bucket: `${scope}-global-${kind}`, limit: all, header: [`${prefix}-global-${kind}`], owner: 'arm' },
  ];
}

function computeDraws(call: Call): readonly Draw[] {
  const inside = call.path.split(/\/providers\/Microsoft\.Compute\//i)[1]?.toLowerCase();
  if (inside === undefined) return [];
  const kind = computeKind(call, inside);
  const { all, one } = computeLimits[kind];
  const machine = /^virtualmachines\/([^/]+)/.exec(inside)?.[1];
  const header = (span: string): readonly [string, string] => [
    'x-ms-ratelimit-remaining-resource',
    `Microsoft.Compute/${kind}${span};`,
  ];
  return [
    { bucket: `compute ${kind}`, limit: all, header: header('Subscription'), owner: 'compute' },
    ...(machine === undefined || one === undefined
      ? []
      : [{ bucket: `compute ${kind} ${machine}`, limit: one, header: header('Resource'), owner: 'compute' } as const]),
  ];
}

function networkDraws(call: Call): readonly Draw[] {
  if (!/\/providers\/Microsoft\.Network\//i.test(call.path)) return [];
  const kind = isRead(call) ? 'reads' : 'writes';
  return [{ bucket: `network ${kind}`, limit: networkLimits[kind], owner: 'network' }];
}

function computeKind(call: Call, inside: string): keyof typeof computeLimits {
  if (/(^|\/)(disk)?operations\//.test(inside)) return 'GetOperation';
  if (isRead(call)) return inside === 'virtualmachines' ? 'HighCostGet' : 'LowCostGet';
  if (call.method === 'DELETE' || inside.endsWith('/deallocate')) return 'DeleteVM';
  return call.method === 'PUT' && !inside.includes('/extensions/') ? 'PutVM' : 'UpdateVM';
}

function isRead({ method }: Call): boolean {
  return method === 'GET' || method === 'HEAD';
}
