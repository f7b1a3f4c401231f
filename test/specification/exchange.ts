import { routes } from '../../src/sandbox/arm/routes.ts';
import { control, type SandboxControl } from '../sandbox/control-calls.ts';
import type { Json } from '../sandbox/raw-https.ts';

/** A request to Azure Resource Manager and its answer, as the sandbox's journal has them. */
export interface Exchange {
  readonly n: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** 0: the connection was cut, and nothing was answered. */
  readonly status: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Null where there was none. */
  readonly requestBody: Json;
  readonly responseBody: Json;
}

/** All exchanges so far, but for logins. */
export async function readExchanges(sandbox: SandboxControl): Promise<Exchange[]> {
  const { body } = await control(sandbox, 'GET', 'journal');
  return body.entries
    .filter(({ url }: Exchange) => /^\/(subscriptions|tenants|providers)\b/.test(url))
    .map((entry: Exchange) => ({ ...entry, requestBody: withoutRedaction(entry.requestBody) }));
}

/** True for a request of azdock's, and not of the test's own. */
export function isOfAzdock({ requestHeaders }: Exchange): boolean {
  return requestHeaders['user-agent']?.startsWith('azdock/') === true;
}

/**
 * The journal has `"[redacted]"` in the place of every secret. All secrets but one kind are strings, and stay what they are
 * for a schema; protected settings are an object, of which a schema knows no more than that.
 */
function withoutRedaction(body: Json): Json {
  if (Array.isArray(body)) return body.map(withoutRedaction);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, key === 'protectedSettings' ? {} : withoutRedaction(value)]),
  );
}

/** Every route of the sandbox, in its order, as `METHOD /path/{variable}`. */
export const routeNames: readonly string[] = routes.map(({ method, path }) => `${method} ${path}`);

const patterns = routes.map(({ method, path }) => ({
  name: `${method} ${path}`,
  pattern: new RegExp(`^${method} ${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}/?(\\?|$)`, 'i'),
}));

/** The route that an exchange took; undefined when the sandbox has none for it. */
export function routeOf({ method, url }: Pick<Exchange, 'method' | 'url'>): string | undefined {
  return patterns.find(({ pattern }) => pattern.test(`${method} ${url}`))?.name;
}

/** For messages. */
export function named({ n, method, url, status }: Exchange): string {
  return `#${n} ${method} ${url} ${status}`;
}
