import type { SeenRequest } from './lane.ts';

/** How a command has to end: with all done, or with an error of docs/reference/errors.md and its exit code. */
export type Outcome = 'done' | 'done, with a warning' | `${string}, exit ${number}`;

interface Row {
  /** Names of faults. */
  readonly faults: readonly string[];
  /** Names of stories. @defaultValue all */
  readonly stories?: readonly string[];
  /** Matches method and path. @defaultValue all */
  readonly request?: RegExp;
  readonly outcome: Outcome;
}

const login = /^(GET|POST) \/\{tenant\}\//;
/** What is asked for to know whether it is there, and is not: the status says it, whatever the body. */
const absentBefore =
  /^GET .*\/(resourcegroups\/[\w-]+|virtualMachines\/dev|availabilitySets\/set|proximityPlacementGroups\/near|virtualNetworks\/[\w-]+)$/i;
const absentWhileMaking = /^GET .*\/(resourcegroups\/[\w-]+|availabilitySets\/set|proximityPlacementGroups\/near)$/i;
const absentAfter =
  /^GET .*\/(virtualMachines|disks|networkInterfaces|publicIPAddresses|networkSecurityGroups)\/[\w-]+$/i;
/** What goes along with a VM, so that nothing is there to be deleted when it is asked for. */
const goneWithVm = /^DELETE .*\/(disks|publicIPAddresses)\/[\w-]+$/;
/** Looks that a login need not be allowed. */
const optionalLooks =
  /^GET .*\/(availabilitySets\/set|proximityPlacementGroups\/near|virtualNetworks\/[\w-]+|providers\/Microsoft\.\w+|skus|usages)$/;
/** Asking for one, and for its end. */
const deletion = /^DELETE |\/\{operation\}$/;
const sharedDeletion =
  /^DELETE .*\/(virtualNetworks\/[\w-]+|availabilitySets\/set|proximityPlacementGroups\/near|resourcegroups\/[\w-]+)$|\/operationresults\//i;

/**
 * What each fault leads to, at any request that azdock makes. The first row that fits counts; every cell has one. Rows are about
 * kinds of requests, so that requests which azdock will make some day have their outcome too.
 */
const rows: readonly Row[] = [
  // What passes while azdock goes on trying.
  {
    faults: [
      '429 with Retry-After in seconds',
      '429 with a date',
      '429 without Retry-After',
      '408',
      '500',
      '502',
      '503',
      '503 with Retry-After',
      '504',
      'connection reset',
      'connection reset after the work',
      'no answer',
      'truncated body',
      'broken JSON',
      'token expired',
      '404 through replication lag',
      '409 AnotherOperationInProgress',
      'operation ends with RetryableError',
      'NicReservedForAnotherVm',
    ],
    outcome: 'done',
  },

  // What stays: the network, or a service that answers no more.
  { faults: ['connection reset for ever'], outcome: 'connection, exit 1' },
  { faults: ['broken JSON for ever'], stories: ['check'], request: absentBefore, outcome: 'done' },
  { faults: ['broken JSON for ever'], stories: ['create'], request: absentWhileMaking, outcome: 'done' },
  { faults: ['broken JSON for ever'], stories: ['rm'], request: absentAfter, outcome: 'done' },
  // The status says all.
  { faults: ['broken JSON for ever'], request: /^DELETE /, outcome: 'done' },
  { faults: ['broken JSON for ever'], outcome: 'connection, exit 1' },
  { faults: ['429 for ever', '503 for ever'], request: login, outcome: 'connection, exit 1' },
  { faults: ['429 for ever', '503 for ever'], stories: ['check'], outcome: 'pre-create-check, exit 3' },
  { faults: ['429 for ever', '503 for ever'], stories: ['rm'], request: goneWithVm, outcome: 'done' },
  {
    faults: ['429 for ever', '503 for ever'],
    stories: ['rm'],
    request: deletion,
    outcome: 'partial-removal, exit 9',
  },
  { faults: ['429 for ever', '503 for ever'], outcome: 'azure, exit 1' },

  // What is not allowed.
  { faults: ['401 for ever'], outcome: 'login, exit 6' },
  { faults: ['403'], stories: ['check'], request: optionalLooks, outcome: 'done' },
  { faults: ['403'], stories: ['create'], request: /\/(skus|usages)$/, outcome: 'done' },
  { faults: ['403'], stories: ['rm'], request: goneWithVm, outcome: 'done' },
  { faults: ['403'], stories: ['rm'], request: sharedDeletion, outcome: 'done, with a warning' },
  { faults: ['403'], stories: ['rm'], request: deletion, outcome: 'partial-removal, exit 9' },
  { faults: ['403'], outcome: 'azure, exit 6' },

  // Operations that Azure accepts, and then does not do.
  { faults: ['operation fails'], stories: ['rm'], outcome: 'partial-removal, exit 9' },
  { faults: ['operation fails', 'OSProvisioningTimedOut'], outcome: 'azure, exit 1' },
  { faults: ['operation never ends'], outcome: 'timeout, exit 8' },
  { faults: ['AllocationFailed', 'SkuNotAvailable', 'QuotaExceeded'], outcome: 'azure, exit 7' },
  { faults: ['VMExtensionProvisioningError'], outcome: 'provision, exit 1' },
];

/** The outcome that is declared. @throws Error when there is none: then a row is missing */
export function declaredOutcome(fault: string, story: string, { method, path }: SeenRequest): Outcome {
  const row = rows.find(
    ({ faults, stories, request }) =>
      faults.includes(fault) && (stories?.includes(story) ?? true) && (request?.test(`${method} ${path}`) ?? true),
  );
  if (row === undefined)
    throw new Error(`the fault table has no row for ${fault} at ${method} ${path} during ${story}`);
  return row.outcome;
}
