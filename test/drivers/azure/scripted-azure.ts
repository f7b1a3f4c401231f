import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';
import type { AzureDependencies } from '../../../src/drivers/azure/dependencies.ts';
import { Pace } from '../../../src/wait/pace.ts';
import type { Clock } from '../../../src/wait/wait-until.ts';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ScriptedAzure {
  readonly httpClient: HttpClient;
  readonly calls: Call[];
}

/** Answers requests by a script, without a socket. Logins succeed by themselves; everything else is the script's. */
export function scriptedAzure(script: (call: Call, nth: number) => Answer): ScriptedAzure {
  const calls: Call[] = [];
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const call = describe(request);
      const login = answerLogin(call);
      if (login === undefined) calls.push(call);
      const answer = login ?? script(call, calls.length);
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders({ 'content-type': 'application/json', ...answer.headers }),
        bodyAsText: answer.body === undefined ? '' : JSON.stringify(answer.body),
      };
    },
  };
  return { httpClient, calls };
}

/** Azure's error envelope. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { error: { code, message } }, headers };
}

/** A clock that no test waits for: sleeping moves it on. */
export function fakeClock(): Clock & { readonly sleeps: number[] } {
  let nowMs = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
    },
  };
}

/** What the driver needs of the world, with nothing in it but what the test gives. */
export function dependencies(given: Partial<AzureDependencies> = {}): AzureDependencies {
  const clock = given.clock ?? fakeClock();
  return {
    environment: {},
    clock,
    pace: new Pace(clock),
    interactive: false,
    async startSandbox() {
      throw new Error('this test has no sandbox');
    },
    notify() {},
    version: '0.0.0-test',
    ...given,
  };
}

function describe(request: PipelineRequest): Call {
  const url = new URL(request.url);
  const body = typeof request.body === 'string' ? request.body : '';
  return { method: request.method, url: request.url, path: url.pathname, body, headers: request.headers.toJSON() };
}

function answerLogin({ url }: Call): Answer | undefined {
  const { host, origin, pathname } = new URL(url);
  if (!host.startsWith('login.')) return undefined;
  const tenant = pathname.split('/')[1];
  if (pathname.endsWith('/.well-known/openid-configuration'))
    return {
      status: 200,
      body: {
        issuer: `${origin}/${tenant}/v2.0`,
        authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
      },
    };
  if (pathname.endsWith('/discovery/instance'))
    return {
      status: 200,
      body: {
        tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      },
    };
  if (pathname.endsWith('/token'))
    return { status: 200, body: { token_type: 'Bearer', access_token: `token-of-${tenant}`, expires_in: 3600 } };
  return undefined;
}
