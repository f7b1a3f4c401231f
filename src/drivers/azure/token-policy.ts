import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { RenewableCredential } from './cached-credential.ts';

/**
 * Logs in anew when Azure does not take a token any more: it has expired on the way, or was withdrawn. Once for each token; a
 * new one that is refused as well is the last word. The SDK's own policy does so only on a challenge with claims
 * (core-rest-pipeline, bearerTokenAuthenticationPolicy), and each of its clients goes on with the token that it knows.
 */
export function tokenPolicy(credential: RenewableCredential): PipelinePolicy {
  return {
    name: 'azdockTokenPolicy',
    async sendRequest(request, next) {
      const given = tokenOf(request);
      if (given === undefined) return next(request);
      const token = await credential.current(given);
      carry(request, token);
      const response = await next(request);
      if (!isRefusal(response)) return response;
      carry(request, await credential.replace(token));
      return next(request);
    },
  };
}

function tokenOf({ headers }: PipelineRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

function carry({ headers }: PipelineRequest, token: string): void {
  headers.set('authorization', `Bearer ${token}`);
}

/** A challenge with claims is the SDK's to answer. */
function isRefusal({ status, headers }: PipelineResponse): boolean {
  return status === 401 && !/insufficient_claims/i.test(headers.get('www-authenticate') ?? '');
}
