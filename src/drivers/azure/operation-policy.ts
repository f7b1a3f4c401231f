import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { OperationFailures } from './arm-failure.ts';

/**
 * Looks at the answers about long-running operations. It lowers their Retry-After: Azure asks for up to 70 s between two
 * polls of a VM, and one that is done after 52 s should not be found out at 70; Azure's buckets allow 15 polls a minute for
 * each VM (Azure, "Compute throttling limits"). And it keeps the error of an operation that failed.
 */
export function operationPolicy(options: { maxWaitSeconds: number; failures: OperationFailures }): PipelinePolicy {
  return {
    name: 'azdockOperationPolicy',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status < 200 || response.status > 299) return response;
      const wait = Number(response.headers.get('retry-after'));
      if (wait > options.maxWaitSeconds) response.headers.set('retry-after', String(options.maxWaitSeconds));
      if (request.method === 'GET' && response.bodyAsText?.includes('"error"')) keepFailure(response, options.failures);
      return response;
    },
  };
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
