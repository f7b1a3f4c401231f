import type { PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * How long the service wants a client to wait, in milliseconds: seconds or a date (RFC 9110, 10.2.3), or `retry-after-ms` and
 * `x-ms-retry-after-ms` of some of Azure's services. Undefined when it does not say.
 */
export function retryAfterMs({ headers }: Pick<PipelineResponse, 'headers'>): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const text = headers.get('retry-after');
  if (text === undefined) return undefined;
  // A date counts from the service's own clock, which is not always ours.
  const waitMs = /^\d+$/.test(text.trim())
    ? Number(text) * 1000
    : Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
