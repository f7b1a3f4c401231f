import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { type Clock, DeadlineError } from '../../wait/wait-until.ts';
import type { OperationFailures } from './arm-failure.ts';
import { operationDeadlineMs } from './operation-deadlines.ts';
import { retryAfterMs } from './retry-after.ts';

export interface OperationPolicyOptions {
  /** Longest pause between two polls, in milliseconds. */
  readonly maxPauseMs: number;
  /** In place of the usual deadlines, when the user has said so. */
  readonly deadlineMs: number | undefined;
  readonly clock: Clock;
  readonly failures: OperationFailures;
}

/** Addresses at which Azure tells of an operation: of Compute, its disks and galleries, of Network, of groups and deployments. */
export const operationAddress =
  /\/(operations|operationresults|operationstatuses|diskoperations|capsoperations)\/[^/]+$/i;

/**
 * Looks after long-running operations, by the answers about them.
 *
 * It keeps an answer "not yet" back until it is time to ask again, so that the SDK's poller, whose own pauses are set to zero,
 * goes by azdock's clock. Azure asks for up to 70 s between two polls of a VM, and one that is done after 52 s should not be found
 * out at 70: such pauses are cut short; Azure's buckets allow 15 polls a minute for each VM (Azure, "Compute throttling
 * limits"). It gives up on an operation that does not end. And it keeps the error of one that failed.
 */
export function operationPolicy(options: OperationPolicyOptions): PipelinePolicy {
  const { clock, failures, maxPauseMs } = options;
  const firstSeenMs = new Map<string, number>();
  /** Resources that are their own operation: Azure named no address to ask at. */
  const own = new Set<string>();
  return {
    name: 'azdockOperationPolicy',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status < 200 || response.status > 299) return response;
      const path = new URL(request.url).pathname.toLowerCase();
      if (request.method !== 'GET') {
        if (isItsOwnOperation(response)) own.add(path);
        else own.delete(path);
        return response;
      }
      if (response.bodyAsText?.includes('"error"')) keepFailure(response, failures);
      if (!isUnderWay(response, path, own)) {
        firstSeenMs.delete(path);
        own.delete(path);
        return response;
      }
      const startMs = firstSeenMs.get(path) ?? clock.now();
      firstSeenMs.set(path, startMs);
      const waitedMs = clock.now() - startMs;
      if (waitedMs >= (options.deadlineMs ?? operationDeadlineMs(path)))
        throw new DeadlineError('The end of an operation of Azure', waitedMs, undefined);
      await clock.sleep(Math.min(maxPauseMs, retryAfterMs(response) ?? maxPauseMs), signalOf(request));
      response.headers.delete('retry-after');
      return response;
    },
  };
}

function signalOf({ abortSignal }: PipelineRequest): AbortSignal | undefined {
  return abortSignal instanceof AbortSignal ? abortSignal : undefined;
}

/** The SDK then asks for the resource itself until its state is a last one (core-lro 3, http/operation.js, mode `Body`). */
function isItsOwnOperation({ headers, bodyAsText, request }: PipelineResponse): boolean {
  const named = ['azure-asyncoperation', 'operation-location', 'location'].some((name) => headers.has(name));
  return request.method === 'PUT' && !named && isPending(parseStates(bodyAsText).provisioning);
}

function isUnderWay({ status, bodyAsText }: PipelineResponse, path: string, own: ReadonlySet<string>): boolean {
  if (own.has(path)) return isPending(parseStates(bodyAsText).provisioning);
  if (!operationAddress.test(path)) return false;
  return status === 202 || isPending(parseStates(bodyAsText).status);
}

/** `Succeeded`, `Failed` and `Canceled` are the last states (azure-resource-manager-rpc, "Async API reference"). */
function isPending(state: string | undefined): boolean {
  return state !== undefined && !/^(succeeded|failed|cancell?ed)$/i.test(state);
}

function parseStates(text: string | null | undefined): { readonly status?: string; readonly provisioning?: string } {
  try {
    const { status, properties } = Object(JSON.parse(text ?? ''));
    const { provisioningState } = Object(properties);
    return {
      ...(typeof status === 'string' ? { status } : {}),
      ...(typeof provisioningState === 'string' ? { provisioning: provisioningState } : {}),
    };
  } catch {
    return {};
  }
}

function keepFailure(response: PipelineResponse, failures: OperationFailures): void {
  const error = parseOperationError(response.bodyAsText ?? '');
  if (error === undefined) return;
  const requestId = response.headers.get('x-ms-request-id');
  const date = response.headers.get('date');
  failures.add({
    ...error,
    ...(requestId === undefined ? {} : { requestId }),
    ...(date === undefined || Number.isNaN(Date.parse(date)) ? {} : { timestamp: new Date(date).toISOString() }),
  });
}

/** The `error` of an operation resource that ended `Failed` or `Canceled` (azure-resource-manager-rpc, "Async API reference"). */
function parseOperationError(text: string): { code: string; message: string } | undefined {
  try {
    const { status, error } = JSON.parse(text) as { status?: unknown; error?: { code?: unknown; message?: unknown } };
    if (!/^(failed|canceled|cancelled)$/i.test(String(status)) || typeof error?.code !== 'string') return undefined;
    return { code: error.code, message: String(error.message ?? '') };
  } catch {
    return undefined;
  }
}
