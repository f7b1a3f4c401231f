import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../../wait/wait-until.ts';
import { retryPolicy } from './retry-policy.ts';

/** What a login sends its requests by. */
export interface LoginTransport extends HttpClient {
  /** Why the last request got no answer that counts; undefined when it did. The libraries of the login tell it badly. */
  failure(): { readonly host: string; readonly why: string } | undefined;
}

/** Tries again what the network or the service spoils, as with all other requests. */
export function loginTransport(transport: HttpClient, clock: Clock): LoginTransport {
  const policy = retryPolicy(clock);
  let last: ReturnType<LoginTransport['failure']>;
  return {
    failure: () => last,
    async sendRequest(request) {
      const { host } = new URL(request.url);
      try {
        const response = await policy.sendRequest(request, (sent) => transport.sendRequest(sent));
        last = isAnswer(response) ? undefined : { host, why: `it answers with status ${response.status}` };
        return response;
      } catch (error) {
        last = { host, why: error instanceof Error ? error.message : String(error) };
        throw error;
      }
    },
  };
}

function isAnswer({ status }: PipelineResponse): boolean {
  return status < 500 && status !== 408 && status !== 429;
}
