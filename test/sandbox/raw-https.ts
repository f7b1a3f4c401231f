import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { TestSandbox } from './start.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Parsed where it is JSON; an empty object where there is no body. */
  readonly body: Json;
}

/** JSON that a test picks values from. */
// biome-ignore lint/suspicious/noExplicitAny: what the assertions look at is what they check
export type Json = any;

export interface RawRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bearer token. */
  readonly token?: string;
}

/** What a sandbox has to tell for requests to it, be it one in this process or one that `azdock sandbox up` started. */
export type SandboxAddress = Pick<TestSandbox, 'endpoint' | 'ca'>;

/** One HTTPS request to the sandbox, on a connection of its own. */
export function rawRequest(
  sandbox: SandboxAddress,
  method: string,
  path: string,
  what: RawRequest = {},
): Promise<RawAnswer> {
  const form = typeof what.body === 'string';
  const sent = what.body === undefined ? undefined : form ? String(what.body) : JSON.stringify(what.body);
  return new Promise((resolve, reject) => {
    const url = path.startsWith('https:') ? path : `${sandbox.endpoint}${path}`;
    const call = request(url, {
      method,
      ca: sandbox.ca,
      agent: false,
      headers: {
        ...(sent === undefined
          ? {}
          : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...(what.token === undefined ? {} : { authorization: `Bearer ${what.token}` }),
        ...what.headers,
      },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parseBody(text) });
      });
    });
    call.end(sent);
  });
}

function parseBody(text: string): Json {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return {};
  }
}

/** The same, for logging in. */
export type SandboxLogin = SandboxAddress &
  Pick<TestSandbox, 'tenantId' | 'subscriptionId' | 'clientId' | 'clientSecret'>;

/** A token for ARM, by client secret. */
export async function fetchToken(sandbox: SandboxLogin): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    scope: 'https://management.azure.com/.default',
  });
  const answer = await rawRequest(sandbox, 'POST', `/${sandbox.tenantId}/oauth2/v2.0/token`, { body: String(form) });
  return answer.body.access_token;
}

/** Requests below the subscription, with a token and the api-version that fits the path. */
export interface Arm {
  (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>;
  readonly token: string;
  readonly subscription: string;
}

const versions = {
  'microsoft.features': '2021-07-01',
  'microsoft.network': '2026-01-01',
  'microsoft.compute/galleries': '2025-12-03',
  'microsoft.compute': '2026-04-01',
  'microsoft.managedidentity': '2024-11-30',
  'microsoft.marketplaceordering': '2021-01-01',
} as const;

export function apiVersionFor(path: string): string {
  const lower = path.toLowerCase();
  if (lower.includes('/disks') || lower.includes('/diskoperations/')) return '2026-03-02';
  if (lower.includes('/microsoft.compute/skus')) return '2021-07-01';
  const provider = Object.entries(versions).find(([name]) => lower.includes(`/providers/${name}/`));
  return provider?.[1] ?? '2025-04-01';
}

/** Logs in and gives a function for requests: paths are relative to the subscription unless they are whole URLs. */
export async function openArm(sandbox: SandboxLogin): Promise<Arm> {
  const token = await fetchToken(sandbox);
  const subscription = `/subscriptions/${sandbox.subscriptionId}`;
  const send = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const full = path.startsWith('https:') || path.startsWith('/subscriptions') ? path : `${subscription}${path}`;
    const query = full.includes('api-version=')
      ? ''
      : `${full.includes('?') ? '&' : '?'}api-version=${apiVersionFor(full)}`;
    return rawRequest(sandbox, method, `${full}${query}`, { token, headers, ...(body === undefined ? {} : { body }) });
  };
  return Object.assign(send, { token, subscription });
}

/** Polls an accepted operation to its end and gives the last answer. */
export async function finish(arm: Arm, accepted: RawAnswer): Promise<RawAnswer> {
  const url = accepted.headers['azure-asyncoperation'] ?? accepted.headers.location;
  if (typeof url !== 'string') return accepted;
  for (;;) {
    const answer = await arm('GET', url);
    if (answer.status !== 202 && answer.body.status !== 'InProgress') return answer;
  }
}
