import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';

/** A token is renewed when it has less than this left: Azure's answers can take their time. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Asks once for all clients of a process: each of them would otherwise fetch a token of its own, and az takes half a second
 * for each.
 */
export function cacheTokens(credential: TokenCredential, onFailure: (error: unknown) => Error): TokenCredential {
  const tokens = new Map<string, Promise<AccessToken | null>>();
  return {
    async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
      const key = JSON.stringify([[scopes].flat(), options?.claims, options?.tenantId]);
      const known = tokens.get(key);
      const token = await known;
      if (token && token.expiresOnTimestamp - Date.now() > RENEW_BEFORE_MS) return token;
      // Between look and answer another call may have begun to ask.
      const other = tokens.get(key);
      if (other !== undefined && other !== known) return other;
      const asked = credential.getToken(scopes, options).catch((error: unknown) => {
        tokens.delete(key);
        throw onFailure(error);
      });
      tokens.set(key, asked);
      return asked;
    },
  };
}
