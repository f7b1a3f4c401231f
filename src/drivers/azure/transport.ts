import {
  createDefaultHttpClient,
  type HttpClient,
  isRestError,
  type PipelineRequest,
  RestError,
} from '@azure/core-rest-pipeline';
import type { Cloud } from './clouds.ts';
import type { AzureDependencies } from './dependencies.ts';

/** Longest wait for one answer. Azure gives up on its own side after 60 s, and says so. */
const ANSWER_MS = 100_000;

/**
 * Sends every request, to Azure and to its login. Towards the sandbox it trusts the sandbox's own CA, and goes past any
 * proxy: that is this computer.
 */
export function openTransport(cloud: Pick<Cloud, 'sandbox'>, dependencies: AzureDependencies): HttpClient {
  const client = withNetworkFailures(dependencies.httpClient ?? createDefaultHttpClient());
  const { sandbox } = cloud;
  const { debug, clock, signal } = dependencies;
  // One object for all: the client keeps connections by it.
  const tlsSettings = sandbox === undefined ? undefined : { ca: sandbox.ca };
  return {
    async sendRequest(request) {
      if (signal?.aborted === false) request.abortSignal ??= signal;
      if (tlsSettings !== undefined) {
        request.tlsSettings = tlsSettings;
        delete request.agent;
        delete request.proxySettings;
      }
      if (debug === undefined) return client.sendRequest(request);
      const startMs = clock.now();
      const line = (outcome: string) => `${describe(request)} ${outcome} ${Math.round(clock.now() - startMs)} ms`;
      try {
        const response = await client.sendRequest(request);
        debug(line(`${response.status} ${response.headers.get('x-ms-request-id') ?? '-'}`));
        return response;
      } catch (error) {
        debug(line(error instanceof Error ? error.message : 'failed'));
        throw error;
      }
    },
  };
}

/**
 * The same for clients that have signals of their own, and would go on when the user interrupts. What is sent afterwards cleans up, and
 * is sent.
 */
export function endedBy(client: HttpClient, signal: AbortSignal | undefined): HttpClient {
  if (signal === undefined) return client;
  return {
    async sendRequest(request) {
      const { abortSignal } = request;
      if (!signal.aborted)
        request.abortSignal = abortSignal instanceof AbortSignal ? AbortSignal.any([abortSignal, signal]) : signal;
      return client.sendRequest(request);
    },
  };
}

/**
 * A silence and an answer that breaks off count as failures of the network, which the SDKs try again (core-rest-pipeline,
 * exponentialRetryPolicy), and not as a wish of the user or as Azure's last word.
 */
function withNetworkFailures(client: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      if (request.timeout === 0) request.timeout = ANSWER_MS;
      try {
        return await client.sendRequest(request);
      } catch (error) {
        if (error instanceof Error && error.name === 'AbortError' && request.abortSignal?.aborted !== true)
          throw new RestError(`no answer within ${request.timeout / 1000} s`, { code: 'ETIMEDOUT', request });
        if (isRestError(error) && error.code === 'PARSE_ERROR' && error.statusCode === undefined)
          throw new RestError('the answer broke off', { code: 'ECONNRESET', request });
        throw error;
      }
    },
  };
}

/** Method and address. Of the query only the API version: addresses of operations can carry signatures. */
function describe(request: PipelineRequest): string {
  const url = new URL(request.url);
  const version = url.searchParams.get('api-version');
  return `${request.method} ${url.origin}${url.pathname}${version === null ? '' : `?api-version=${version}`}`;
}
