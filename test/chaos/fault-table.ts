import type { SeenRequest } from './lane.ts';

/** How a command has to end: with all done, or with an error of docs/reference/errors.md and its exit code. */
export type Outcome = 'done' | 'done, with a warning' | 'done, with a finding' | `${string}, exit ${number}`;

interface Row {
  /** Names of faults. */
  readonly faults: readonly string[];
  /** Names of stories, or of those that they are like. @defaultValue all */
  readonly stories?: readonly string[];
  /** Matches method and path. @defaultValue all */
  readonly request?: RegExp;
  /** Several where it depends on how far Azure is when it is looked at. */
  readonly outcome: Outcome | readonly Outcome[];
}

const login = /^(GET|POST) \/\{tenant\}\//;
/** What is asked for without a login. */
const withoutLogin = /^GET \/(metadata\/endpoints|subscriptions(\/\{subscription\})?)$/;
/** What is asked for to know whether it is there, and is not: the status says it, whatever the body. */
const absentBefore =
  /^GET .*\/(resourcegroups\/[\w-]+|virtualMachines\/dev|availabilitySets\/set|proximityPlacementGroups\/near|virtualNetworks\/docker-machine-vnet)$/i;
const absentWhileMaking = /^GET .*\/(resourcegroups\/[\w-]+|availabilitySets\/set|proximityPlacementGroups\/near)$/i;
const absentAfter =
  /^GET .*\/((virtualMachines|networkInterfaces)\/dev[\w-]*|(disks|publicIPAddresses|networkSecurityGroups)\/[\w-]+)$/i;
/** What goes along with a VM, so that nothing is there to be deleted when it is asked for. */
const goneWithVm = /^DELETE .*\/(disks|publicIPAddresses)\/dev[\w-]*$/;
const look = /^(GET|HEAD) /;
/** Looks before a creation that cannot do without: is the name free, is there such an image, is there such a label. */
const neededLooks = /\/(virtualMachines\/dev|artifacttypes\/vmimage\/.*|CheckDnsNameAvailability)$/i;
/** What a login need not be allowed to see while a machine is made. */
const optionalLooks = /^GET .*\/(skus|usages|galleries\/.*|providers\/Microsoft\.\w+)$/;
/** Asking for a deletion, and for its end. */
const deletion = /^DELETE |\/\{operation\}$/;
const end = /\/\{operation\}$/;
const sharedDeletion =
  /^DELETE .*\/(virtualNetworks\/[\w-]+(\/subnets\/[\w-]+)?|availabilitySets\/set|proximityPlacementGroups\/near|resourcegroups\/[\w-]+)$|\/operationresults\//i;
/** All that prune asks for before it removes anything. */
const search =
  /GET .*(\/\{subscription\}\/resourcegroups|\/\{subscription\}\/resources|\/virtualMachines|\/virtualNetworks\/[\w-]+|\/availabilitySets\/set|\/proximityPlacementGroups\/near)$|(GET|POST) \/\{tenant\}\//;

const lasting = [
  ...['429 for ever', '503 for ever', 'connection reset for ever', 'broken JSON for ever', '401 for ever', '403'],
  ...['operation fails', 'operation never ends'],
];

/**
 * What each fault leads to, at any request that azdock makes. The first row that fits counts; every cell has one. Rows are about
 * kinds of requests, so that requests which azdock will make some day have their outcome too.
 */
const rows: readonly Row[] = [
  // The way to Azure is tried once: a doctor tells what he sees. Whatever Azure answers there, it is there.
  {
    faults: ['connection reset', 'connection reset after the work', 'no answer', 'truncated body'],
    stories: ['doctor'],
    request: /^GET \/subscriptions$/,
    outcome: 'done, with a finding',
  },
  {
    faults: ['429 for ever', '503 for ever', 'broken JSON for ever'],
    stories: ['doctor'],
    request: /^GET \/subscriptions$/,
    outcome: 'done',
  },
  { faults: ['403'], stories: ['doctor'], request: /\/usages$/, outcome: 'done' },
  // There is no such group, and that is all that this tells.
  {
    faults: ['broken JSON for ever'],
    stories: ['doctor'],
    request: /\/resourcegroups\/[\w-]+\/providers\/Microsoft\.(Authorization|PolicyInsights)\//i,
    outcome: 'done',
  },
  // Else he says of what he cannot see it, and goes on.
  { faults: lasting, stories: ['doctor'], outcome: 'done, with a finding' },

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

  // The status says all.
  { faults: ['broken JSON for ever'], request: /^(DELETE|HEAD) /, outcome: 'done' },
  // Prune is at work: it says what is left. What machines shared stays, and is found again.
  { faults: ['429 for ever', '503 for ever', '403'], stories: ['prune'], request: goneWithVm, outcome: 'done' },
  {
    faults: ['429 for ever', '503 for ever', '403'],
    stories: ['prune'],
    request: end,
    outcome: ['partial-removal, exit 9', 'done, with a warning', 'done'],
  },
  {
    faults: ['429 for ever', '503 for ever', '403', 'operation fails'],
    stories: ['prune'],
    request: sharedDeletion,
    outcome: 'done, with a warning',
  },
  {
    faults: lasting,
    stories: ['prune'],
    request: new RegExp(`^(?!${search.source})`),
    outcome: 'partial-removal, exit 9',
  },

  // What stays: the network, or a service that answers no more.
  { faults: ['connection reset for ever'], outcome: 'connection, exit 1' },
  { faults: ['broken JSON for ever'], stories: ['check', 'preview'], request: absentBefore, outcome: 'done' },
  { faults: ['broken JSON for ever'], stories: ['create'], request: absentWhileMaking, outcome: 'done' },
  { faults: ['broken JSON for ever'], stories: ['rm'], request: absentAfter, outcome: 'done' },
  // Perhaps it is no cloud's address.
  { faults: ['broken JSON for ever'], request: /^GET \/metadata\//, outcome: 'usage, exit 2' },
  // A header tells the tenant.
  { faults: ['broken JSON for ever'], request: /^GET \/subscriptions\/\{subscription\}$/, outcome: 'done' },
  { faults: ['broken JSON for ever'], outcome: 'connection, exit 1' },
  { faults: ['429 for ever', '503 for ever'], request: login, outcome: 'connection, exit 1' },
  { faults: ['429 for ever', '503 for ever'], request: withoutLogin, outcome: 'connection, exit 1' },
  { faults: ['429 for ever', '503 for ever'], stories: ['check'], outcome: 'pre-create-check, exit 3' },
  { faults: ['429 for ever', '503 for ever', '403'], stories: ['rm'], request: goneWithVm, outcome: 'done' },
  {
    faults: ['429 for ever', '503 for ever'],
    stories: ['rm'],
    request: end,
    outcome: ['partial-removal, exit 9', 'done'],
  },
  { faults: ['429 for ever', '503 for ever'], stories: ['rm'], request: deletion, outcome: 'partial-removal, exit 9' },
  { faults: ['429 for ever', '503 for ever'], outcome: 'azure, exit 1' },

  // What is not allowed.
  { faults: ['401 for ever', '403'], request: withoutLogin, outcome: 'usage, exit 2' },
  { faults: ['401 for ever'], outcome: 'login, exit 6' },
  { faults: ['403'], stories: ['check'], request: neededLooks, outcome: 'azure, exit 6' },
  { faults: ['403'], stories: ['check', 'preview', 'images'], request: look, outcome: 'done' },
  { faults: ['403'], stories: ['catalogue'], request: /\/usages$/, outcome: 'done' },
  { faults: ['403'], stories: ['create'], request: optionalLooks, outcome: 'done' },
  {
    faults: ['403'],
    stories: ['adopt', 'attach'],
    request: /^GET .*\/(subnets|networkSecurityGroups)\/[\w-]+$/,
    outcome: 'done',
  },
  {
    faults: ['403'],
    stories: ['rm'],
    request: end,
    outcome: ['partial-removal, exit 9', 'done, with a warning', 'done'],
  },
  { faults: ['403'], stories: ['rm'], request: sharedDeletion, outcome: 'done, with a warning' },
  { faults: ['403'], stories: ['rm'], request: deletion, outcome: 'partial-removal, exit 9' },
  { faults: ['403'], outcome: 'azure, exit 6' },

  // Operations that Azure accepts, and then does not do.
  { faults: ['operation fails'], stories: ['rm'], request: deletion, outcome: 'partial-removal, exit 9' },
  { faults: ['operation fails', 'OSProvisioningTimedOut'], outcome: 'azure, exit 1' },
  { faults: ['operation never ends'], outcome: 'timeout, exit 8' },
  { faults: ['AllocationFailed', 'SkuNotAvailable', 'QuotaExceeded'], outcome: 'azure, exit 7' },
  { faults: ['VMExtensionProvisioningError'], outcome: 'provision, exit 1' },
];

/** The outcomes that are declared. @throws Error when there is none: then a row is missing */
export function declaredOutcome(fault: string, story: string, { method, path }: SeenRequest): readonly Outcome[] {
  const row = rows.find(
    ({ faults, stories, request }) =>
      faults.includes(fault) && (stories?.includes(story) ?? true) && (request?.test(`${method} ${path}`) ?? true),
  );
  if (row === undefined)
    throw new Error(`the fault table has no row for ${fault} at ${method} ${path} during ${story}`);
  return typeof row.outcome === 'string' ? [row.outcome] : row.outcome;
}
