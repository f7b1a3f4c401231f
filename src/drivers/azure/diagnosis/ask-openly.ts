import {
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  isRestError,
  proxyPolicy,
} from '@azure/core-rest-pipeline';
import { ConnectionError } from '../../../errors/connection-error.ts';

/** What a service answers to somebody without a login. */
export interface OpenAnswer {
  /** HTTP status. */
  readonly status: number;
  /** By how much this computer's clock is ahead of the service's, in milliseconds; undefined when that does not tell the time. */
  readonly aheadMs: number | undefined;
}

export interface OpenQuestion {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** What time it is by this computer's clock. */
  now(): Date;
}

/**
 * Asks a service without a login, through the proxy that the environment names: whatever it answers, there is a way to it.
 *
 * @throws ConnectionError when there is none; the signal's reason when aborted
 */
export async function askOpenly(
  url: string,
  transport: HttpClient,
  { signal, timeoutMs, now }: OpenQuestion,
): Promise<OpenAnswer> {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(proxyPolicy());
  const headers = createHttpHeaders({ accept: 'application/json' });
  const request = createPipelineRequest({ url, method: 'GET', headers, timeout: timeoutMs, abortSignal: signal });
  try {
    const sentMs = now().getTime();
    const response = await pipeline.sendRequest(transport, request);
    const theirsMs = Date.parse(response.headers.get('date') ?? '');
    // Half way between question and answer, about when they looked at their clock.
    const oursMs = (sentMs + now().getTime()) / 2;
    return { status: response.status, aheadMs: Number.isNaN(theirsMs) ? undefined : oursMs - theirsMs };
  } catch (error) {
    signal.throwIfAborted();
    const why = isRestError(error) && error.code === 'ETIMEDOUT' ? 'it does not answer' : messageOf(error);
    throw new ConnectionError(`${new URL(url).host} cannot be reached: ${why.replace(/\.$/, '')}.`, {
      resource: new URL(url).host,
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
