import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';

/** A token is renewed when it has less than this left: Azure's answers can take their time. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** A credential that can be told that Azure takes one of its tokens no more. */
export interface RenewableCredential extends TokenCredential {
  /** The token to use in place of one that was refused earlier; any other as it is. */
  current(token: string): Promise<string>;
  /**
   * Logs in from nothing, since what the old login remembers is the refused token itself. All who were refused with the same
   * token get the same new one. @throws LoginError
   */
  replace(refused: string): Promise<string>;
}

/**
 * Asks once for all clients of a process: each of them would otherwise fetch a token of its own, and az takes half a second
 * for each.
 *
 * @param open makes a credential that has no token yet
 */
export function cacheTokens(open: () => TokenCredential, onFailure: (error: unknown) => Error): RenewableCredential {
  let credential = open();
  const tokens = new Map<string, Asked>();
  const replaced = new Map<string, Promise<string>>();

  function ask({ scopes, options, key }: Question): Promise<AccessToken | null> {
    const answer = credential.getToken(scopes, options).catch((error: unknown) => {
      tokens.delete(key);
      throw onFailure(error);
    });
    tokens.set(key, { scopes, options, key, answer });
    return answer;
  }

  return {
    async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
      const key = JSON.stringify([[scopes].flat(), options?.claims, options?.tenantId]);
      const known = tokens.get(key);
      const token = await known?.answer;
      if (token && token.expiresOnTimestamp - Date.now() > RENEW_BEFORE_MS) return token;
      // Between look and answer another call may have begun to ask.
      const other = tokens.get(key);
      if (other !== undefined && other !== known) return other.answer;
      return ask({ scopes, options, key });
    },
    async current(token) {
      let newest = token;
      for (let next = replaced.get(newest); next !== undefined; next = replaced.get(newest)) newest = await next;
      return newest;
    },
    replace(refused) {
      const earlier = replaced.get(refused);
      if (earlier !== undefined) return earlier;
      const fresh = renew(refused);
      replaced.set(refused, fresh);
      fresh.catch(() => replaced.delete(refused));
      return fresh;
    },
  };

  async function renew(refused: string): Promise<string> {
    const known = await Promise.all([...tokens.values()].map(async (asked) => ({ asked, token: await asked.answer })));
    const [other] = known;
    const { asked } = known.find(({ token }) => token?.token === refused) ?? {};
    // It may have been renewed meanwhile because of its age.
    if (asked === undefined) return other?.token?.token ?? refused;
    credential = open();
    return (await ask(asked))?.token ?? refused;
  }
}

interface Question {
  readonly key: string;
  readonly scopes: string | string[];
  readonly options: GetTokenOptions | undefined;
}

interface Asked extends Question {
  readonly answer: Promise<AccessToken | null>;
}
