import type { FaultAction } from '../../src/sandbox/faults/fault.ts';
import type { SeenRequest } from './lane.ts';

/** Something that can go wrong with a request, or with the operation that it starts. */
export interface Fault {
  readonly name: string;
  readonly action: () => FaultAction;
  /** How often in a row. @defaultValue 1; 0 is for ever */
  readonly times?: number;
  /** Which requests it can happen to. @defaultValue all */
  readonly fits?: (request: SeenRequest) => boolean;
  /** Strikes one request in each run: several at once would be another fault. */
  readonly isAlone?: boolean;
  /**
   * One of two that azdock treats alike: by default it strikes every other request, the other one the rest, and each day it is the other way
   * round. With AZDOCK_TEST_ALL both strike all.
   */
  readonly turn?: 0 | 1;
}

const isArm = ({ path }: SeenRequest) => path.startsWith('/subscriptions/');
const isChange = (request: SeenRequest) => !['GET', 'HEAD'].includes(request.method) && isArm(request);
const isPut = ({ method }: SeenRequest) => method === 'PUT';
const startsOperation = ({ startsOperation: starts }: SeenRequest) => starts;
const isPutOf =
  (type: string) =>
  ({ method, path }: SeenRequest) =>
    method === 'PUT' && new RegExp(`/${type}/[^/]+$`, 'i').test(path);
const isVmPut = isPutOf('virtualMachines');

const status = (code: number, name: string, headers?: Record<string, string>): FaultAction => ({
  status: code,
  code: name,
  message: `${name} for a test.`,
  ...(headers === undefined ? {} : { headers }),
});
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
const fails = (code: string, message = `${code} for a test.`): FaultAction => ({ operation: 'fail', code, message });

/** Each passes by itself when azdock goes on trying. */
export const passingFaults: readonly Fault[] = [
  {
    name: '429 with Retry-After in seconds',
    times: 2,
    action: () => status(429, 'TooManyRequests', { 'retry-after': '7' }),
  },
  { name: '429 with a date', times: 2, action: () => status(429, 'TooManyRequests', { 'retry-after': inSeconds(7) }) },
  { name: '429 without Retry-After', times: 2, action: () => status(429, 'TooManyRequests') },
  { name: '408', action: () => status(408, 'RequestTimeout') },
  { name: '500', times: 2, action: () => status(500, 'InternalServerError') },
  { name: '502', times: 2, action: () => status(502, 'BadGateway') },
  { name: '503', times: 2, action: () => status(503, 'ServiceUnavailable') },
  { name: '503 with Retry-After', action: () => status(503, 'ServiceUnavailable', { 'retry-after': '20' }) },
  { name: '504', action: () => status(504, 'GatewayTimeout') },
  { name: 'connection reset', times: 2, action: () => ({ reset: true }) },
  { name: 'connection reset after the work', action: () => ({ reset: 'after' }) },
  { name: 'no answer', action: () => ({ hang: true }) },
  { name: 'truncated body', action: () => ({ truncate: true }) },
  { name: 'broken JSON', action: () => ({ garble: true }) },
  { name: 'token expired', isAlone: true, fits: isArm, action: () => ({ expire: true }) },
  { name: '404 through replication lag', fits: isPut, action: () => ({ lag: 2 }) },
  {
    name: '409 AnotherOperationInProgress',
    times: 3,
    fits: isChange,
    action: () => status(409, 'AnotherOperationInProgress'),
  },
  {
    // For 180 s, at the pauses that azdock makes.
    name: 'NicReservedForAnotherVm',
    times: 12,
    fits: (one) => isVmPut(one) || (one.method === 'DELETE' && /\/networkInterfaces\/[^/]+$/i.test(one.path)),
    action: () => status(400, 'NicReservedForAnotherVm'),
  },
  {
    name: 'operation ends with RetryableError',
    fits: startsOperation,
    action: () => fails('RetryableErrorDueToAnotherOperation'),
  },
];

/** Each stays, or has had its effect. */
export const lastingFaults: readonly Fault[] = [
  { name: '429 for ever', times: 0, turn: 0, action: () => status(429, 'TooManyRequests', { 'retry-after': '60' }) },
  { name: '503 for ever', times: 0, turn: 1, action: () => status(503, 'ServiceUnavailable') },
  { name: 'connection reset for ever', times: 0, action: () => ({ reset: true }) },
  { name: 'broken JSON for ever', times: 0, action: () => ({ garble: true }) },
  { name: '401 for ever', times: 0, fits: isArm, action: () => status(401, 'InvalidAuthenticationToken') },
  { name: '403', times: 0, fits: isArm, action: () => status(403, 'AuthorizationFailed') },
  { name: 'operation fails', fits: startsOperation, action: () => fails('InternalExecutionError') },
  { name: 'operation never ends', fits: startsOperation, action: () => ({ operation: 'hang' }) },
  {
    name: 'AllocationFailed',
    fits: (one) => isVmPut(one) || one.path.endsWith('/start'),
    action: () => fails('AllocationFailed'),
  },
  { name: 'SkuNotAvailable', fits: isVmPut, action: () => fails('SkuNotAvailable') },
  {
    name: 'QuotaExceeded',
    fits: isVmPut,
    action: () => fails('QuotaExceeded', 'Operation results in exceeding approved Total Regional Cores quota.'),
  },
  { name: 'OSProvisioningTimedOut', fits: isVmPut, action: () => fails('OSProvisioningTimedOut') },
  {
    name: 'VMExtensionProvisioningError',
    fits: isPutOf('extensions'),
    action: () => fails('VMExtensionProvisioningError'),
  },
];
