import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../../wait/wait-until.ts';

/** How long a conflict is waited out: an operation of Azure Network takes seconds, seldom a minute. */
const PATIENCE_MS = 180_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/** Codes that mean "not now". The SDKs retry none of them: they look at 5xx, 408 and 429 only (core-rest-pipeline, retryPolicy). */
export const passingCodes =
  /^(AnotherOperationInProgress|RetryableError.*|ReferencedResourceNotProvisioned|OperationPreempted)$/;

/** True when trying the same again, a little later, can succeed. */
export function isPassing(code: string): boolean {
  return passingCodes.test(code);
}

/** Pause before the next try, in milliseconds, after so many failures: 1 s, doubling, at most 10 s. */
export function conflictPauseMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

/** Sends a request again while Azure answers that something else is at work on the same resource. Gives up after 3 minutes. */
export function conflictPolicy(clock: Clock): PipelinePolicy {
  return {
    name: 'azdockConflictPolicy',
    async sendRequest(request, next) {
      const startMs = clock.now();
      for (let failures = 1; ; failures += 1) {
        const response = await next(request);
        const pauseMs = conflictPauseMs(failures);
        // What a look is answered is not about the look.
        if (request.method === 'GET' || !isConflict(response) || clock.now() - startMs + pauseMs > PATIENCE_MS)
          return response;
        await clock.sleep(pauseMs, request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined);
      }
    },
  };
}

function isConflict(response: PipelineResponse): boolean {
  return response.status === 409 && isPassing(parseErrorCode(response.bodyAsText ?? ''));
}

function parseErrorCode(text: string): string {
  try {
    const body = JSON.parse(text) as { error?: { code?: unknown } };
    return String(body.error?.code ?? '');
  } catch {
    return '';
  }
}
