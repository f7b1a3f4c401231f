import {
  isRestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import type { Clock } from '../../wait/wait-until.ts';
import { retryAfterMs } from './retry-after.ts';

/** How long a service that stumbles, or a network that is away, is waited for once Azure has been reached. */
const PATIENCE_MS = 180_000;
/** The same before anything has answered: then it is rather the network that is wrong, or the address. */
const FIRST_CONTACT_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

/** Answers that mean "try again" (core-rest-pipeline, exponentialRetryStrategy). Azure's 429 the pace policy waits out, for longer. */
const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
/** Failures of the network (Node, "Common system errors"; of names: EAI_AGAIN, ENOTFOUND). */
const networkCodes: ReadonlySet<string> = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'],
  ...['EAI_AGAIN', 'ENOTFOUND'],
]);

/** The service stumbles, and another try may do. */
export function isPassingStatus(status: number | undefined): boolean {
  return passingStatuses.has(status ?? 0);
}

/** Nothing came back, for a reason that may pass. */
export function isNetworkFailure(error: unknown): error is RestError {
  return isRestError(error) && error.statusCode === undefined && networkCodes.has(error.code ?? '');
}

/** An answer that was there, but cannot be read. */
export const BROKEN_ANSWER = 'BROKEN_ANSWER';

/**
 * Sends a request again when the network failed, the answer is broken or the service stumbled, for three minutes. Everything
 * that azdock asks for can be asked for twice. In place of the SDK's own policy, which gives up after seven seconds.
 *
 * @param longestMs patience in milliseconds @defaultValue three minutes
 */
export function retryPolicy(clock: Clock, longestMs = PATIENCE_MS): PipelinePolicy {
  let isReached = false;
  return {
    name: 'azdockRetryPolicy',
    async sendRequest(request, next) {
      let sinceMs: number | undefined;
      for (let failures = 1; ; failures += 1) {
        const outcome = await attempt(request, next);
        const response = 'response' in outcome ? outcome.response : undefined;
        isReached ||= response !== undefined;
        const error = 'error' in outcome ? outcome.error : brokenAnswer(outcome.response);
        if (error === undefined && !isPassingStatus(response?.status)) return whole(outcome);
        const pauseMs =
          (response && retryAfterMs(response)) ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
        // From the first failure on: a request may have waited for its turn before.
        sinceMs ??= clock.now();
        const patienceMs = isReached ? longestMs : FIRST_CONTACT_MS;
        if (clock.now() - sinceMs + pauseMs > patienceMs) {
          if (error !== undefined) throw error;
          return whole(outcome);
        }
        await clock.sleep(pauseMs, request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined);
      }
    },
  };
}

type Outcome = { readonly response: PipelineResponse } | { readonly error: RestError };

/** @throws what is no failure of the network: a certificate that does not fit, a login that fails, the signal's reason */
async function attempt(
  request: PipelineRequest,
  next: (request: PipelineRequest) => Promise<PipelineResponse>,
): Promise<Outcome> {
  try {
    return { response: await next(request) };
  } catch (error) {
    if (isNetworkFailure(error)) return { error };
    throw error;
  }
}

function whole(outcome: Outcome): PipelineResponse {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
}

/** Azure speaks JSON. A page of some proxy, or an answer that stops in the middle, is not what was asked for. */
function brokenAnswer(response: PipelineResponse): RestError | undefined {
  const text = response.bodyAsText?.trim() ?? '';
  if (text === '' || response.status >= 300) return undefined;
  const isJson = (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));
  if (isJson) return undefined;
  const { request } = response;
  if (request.method === 'DELETE') {
    // Its status says all.
    response.bodyAsText = '';
    return undefined;
  }
  return new RestError('the answer is no JSON', { code: BROKEN_ANSWER, request });
}
