/**
 * Routes that no published document describes: a client learns these addresses from headers of an answer and is to make
 * nothing of them. What stands there is checked against the definitions that all of Azure Resource Manager shares.
 */
export const addressesOfOperations: ReadonlyMap<string, 'status' | 'result'> = new Map([
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/operations/{operationId}',
    'status',
  ],
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/DiskOperations/{operationId}',
    'status',
  ],
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/capsOperations/{operationId}',
    'status',
  ],
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/operations/{operationId}',
    'status',
  ],
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/operationResults/{operationId}',
    'result',
  ],
  ['GET /subscriptions/{subscriptionId}/operationresults/{operationId}', 'result'],
  [
    'GET /subscriptions/{subscriptionId}/resourcegroups/{group}/providers/Microsoft.Resources/deployments/{name}/operationStatuses/{operationId}',
    'status',
  ],
  [
    'GET /subscriptions/{subscriptionId}/providers/Microsoft.Resources/deployments/{name}/operationStatuses/{operationId}',
    'status',
  ],
]);

/** Providers and types whose documents are not among the saved ones, as they stand behind `/providers/`. */
const unsaved =
  /\/providers\/Microsoft\.(ManagedIdentity|MarketplaceOrdering|Features|Authorization|PolicyInsights|Compute\/(locations\/[^/]+\/(community|shared))?galleries)\//i;
/** There is a schema of its bodies, and no document. */
const images = /\/providers\/Microsoft\.Compute\/images(\/|\?|$)/i;

/** True for a request that no saved document describes: only the manners of all of Azure are checked then. */
export function isUndocumented(url: string): boolean {
  return hasNoSchema(url) || images.test(url);
}

/** True for a body that no saved schema describes. */
export function hasNoSchema(url: string): boolean {
  return unsaved.test(url.replace('?', '/?'));
}

/** True for an operation, as the SDK names it, that stands in none of the saved documents. */
export function isUndocumentedOperation(name: string): boolean {
  return /^((Community|Shared)?Galler\w+|Images)_/.test(name);
}

interface Gap {
  readonly operation: RegExp;
  readonly problem: RegExp;
  /** The status of the answers that it concerns. */
  readonly status: (status: number) => boolean;
}

/** Where Azure is known to answer what its documents do not say. */
const gaps: readonly Gap[] = [
  // The documents of disks (2024-03-02) and run commands (2024-07-01) have no answer but success. In all others a refusal is the
  // `default`.
  {
    operation: /^(Disks_|VirtualMachines_RunCommand$)/,
    problem: /INVALID_RESPONSE_CODE/,
    status: (status) => status >= 400,
  },
  // The documents demand a `nextLink`, which the last page never has. `count` is told and not described.
  { operation: /^(Subscriptions|Tenants)_List$/, problem: / (nextLink|count) at /, status: (status) => status === 200 },
];

/** True for a problem that is the document's and not the answer's. */
export function isGap(operation: string, status: number, problem: string): boolean {
  return gaps.some((gap) => gap.operation.test(operation) && gap.status(status) && gap.problem.test(problem));
}
