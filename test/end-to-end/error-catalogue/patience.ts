import type { Json } from '../../sandbox/raw-https.ts';

/** Something that azdock waits out: how its line in the catalogue begins, and the faults that it is about. */
export interface Patience {
  readonly line: RegExp;
  /** Strike once each, during one creation. */
  readonly faults: readonly Json[];
}

const PUT = (path: string, action: Json, more: Json = {}): Json => ({ method: 'PUT', path, action, ...more });
const status = (code: number, name: string, message = 'Not now.', headers = {}): Json => ({
  status: code,
  code: name,
  message,
  headers,
});

/** What is met by the creation of one machine in a group of its own. Of faults at the same request, the first one armed strikes first. */
export function patienceOf(machine: string, group: string): readonly Patience[] {
  const vm = `/virtualMachines/${machine}$`;
  const nic = `/networkInterfaces/${machine}-nic$`;
  const address = `/publicIPAddresses/${machine}-ip$`;
  const firewall = `/networkSecurityGroups/${machine}-firewall$`;
  const network = `/${group}/.*/virtualNetworks/[^/]+$`;
  const retryable = { operation: 'fail', code: 'RetryableErrorDueToAnotherOperation', message: 'Not now.' };
  return [
    {
      line: /^`AnotherOperationInProgress`/,
      faults: [
        PUT(nic, status(409, 'AnotherOperationInProgress')),
        PUT(address, status(409, 'ReferencedResourceNotProvisioned')),
        PUT(firewall, retryable, { when: 'operation' }),
        PUT(vm, { operation: 'fail', code: 'OperationPreempted', message: 'Not now.' }, { when: 'operation' }),
      ],
    },
    {
      line: /^`Conflict` on a virtual machine/,
      faults: [PUT(vm, status(409, 'Conflict', 'The request failed due to conflict with a concurrent request.'))],
    },
    { line: /^`NicReservedForAnotherVm`/, faults: [PUT(vm, status(400, 'NicReservedForAnotherVm'))] },
    {
      line: /^429/,
      faults: [PUT(`/resourcegroups/${group}$`, status(429, 'TooManyRequests', 'Not now.', { 'retry-after': '7' }))],
    },
    {
      line: /^408, 500, 502, 503, 504/,
      faults: [
        PUT(network, status(503, 'ServiceUnavailable')),
        PUT(nic, status(500, 'InternalServerError')),
        PUT(firewall, { reset: true }),
        PUT(network, { truncate: true }),
        PUT(address, { garble: true }),
      ],
    },
    { line: /^401: /, faults: [PUT(nic, { expire: true })] },
    { line: /^404 for what azdock itself has just made/, faults: [PUT(network, { lag: 2 })] },
  ];
}

/** The line whose case is the error with code `timeout` at an operation that does not end. */
export const ENDLESS = /^An operation of Azure that does not end/;
