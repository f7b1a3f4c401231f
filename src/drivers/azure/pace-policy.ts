import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Pace, PaceLimit } from '../../wait/pace.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { retryAfterMs } from './retry-after.ts';

/** How long one request is sent again because Azure says "too many". */
const PATIENCE_MS = 900_000;
/** When Azure refuses without saying for how long. */
const USUAL_PAUSE_MS = 5_000;

/** Buckets of a subscription and principal (learn.microsoft.com, "Understand how Azure Resource Manager throttles requests"). */
const limits = {
  reads: { size: 250, refillPerSecond: 25 },
  writes: { size: 200, refillPerSecond: 10 },
  deletes: { size: 200, refillPerSecond: 10 },
} as const satisfies Record<string, PaceLimit>;

/**
 * Sends requests no faster than Azure takes them: by what it says is left of its buckets, and with a rest for all when it has
 * refused one. A refused request has done nothing and is sent again, for 15 minutes.
 *
 * @param place what the buckets belong to: the subscription
 */
export function pacePolicy(place: string, pace: Pace, clock: Clock): PipelinePolicy {
  return {
    name: 'azdockPacePolicy',
    async sendRequest(request, next) {
      const kind = request.method === 'DELETE' ? 'deletes' : isRead(request) ? 'reads' : 'writes';
      const lane = `${place} ${kind}`;
      const limit = limits[kind];
      const startMs = clock.now();
      const signal = request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined;
      for (;;) {
        await pace.admit(lane, limit, signal);
        let response: PipelineResponse | undefined;
        try {
          response = await next(request);
          pace.heard(response.headers.get('date'), new Date());
        } finally {
          pace.answered(lane, limit, response === undefined ? undefined : leftIn(response, kind));
        }
        if (response.status !== 429) return response;
        const pauseMs = retryAfterMs(response) ?? USUAL_PAUSE_MS;
        if (clock.now() - startMs + pauseMs > PATIENCE_MS) return response;
        if (isArms(response)) pace.pause(lane, limit, pauseMs);
        else await clock.sleep(pauseMs, signal);
      }
    },
  };
}

function isRead({ method }: PipelineRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function leftIn({ headers }: PipelineResponse, kind: keyof typeof limits): number | undefined {
  const left = Number(headers.get(`x-ms-ratelimit-remaining-subscription-${kind}`) ?? Number.NaN);
  return Number.isFinite(left) ? left : undefined;
}

/** Resource Manager's own limit holds for every request; those of Compute and Network for one resource or one kind of deed. */
function isArms({ headers }: PipelineResponse): boolean {
  return ['reads', 'writes', 'deletes'].some(
    (kind) => headers.get(`x-ms-ratelimit-remaining-subscription-${kind}`) === '0',
  );
}
