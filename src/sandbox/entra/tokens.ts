import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { Identity } from '../identity.ts';
import { isRecord, parseJson } from '../json.ts';

/** Entra's access tokens live 60 to 90 minutes: https://learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes */
export const tokenLifetimeSeconds = 3599;

export interface Claims {
  readonly aud: string;
  readonly exp: number;
  readonly tid: string;
  readonly use: string;
  readonly appid: string;
  /** Its place in the order in which tokens were given. */
  readonly n: number;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token (ES256) signed with the identity's key. */
export function issueToken(identity: Identity, payload: Readonly<Record<string, unknown>>): string {
  const content = `${encode({ typ: 'JWT', alg: 'ES256', kid: 'sandbox' })}.${encode(payload)}`;
  const key = { key: createPrivateKey(identity.tokenKey), dsaEncoding: 'ieee-p1363' as const };
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

/** Claims of a token that this identity signed; `undefined` for any other text. Expiry is the caller's to judge. */
export function readToken(identity: Identity, token: string): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const key = { key: createPublicKey(identity.tokenKey), dsaEncoding: 'ieee-p1363' as const };
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return undefined;
  return parseClaims(payload);
}

/** The public half of the signing key, as a JWK set. */
export function keySet(identity: Identity): unknown {
  const jwk = createPublicKey(identity.tokenKey).export({ format: 'jwk' });
  return { keys: [{ ...jwk, kid: 'sandbox', use: 'sig', alg: 'ES256' }] };
}

/** Claims every token has. */
export function commonClaims(
  identity: Identity,
  clock: SandboxClock,
  issuer: string,
): Readonly<Record<string, unknown>> {
  const now = Math.floor(clock.nowMs() / 1000);
  return {
    iss: issuer,
    iat: now,
    nbf: now,
    exp: now + tokenLifetimeSeconds,
    tid: identity.tenantId,
    oid: identity.principalId,
    sub: identity.principalId,
    ver: '1.0',
  };
}

/** The payload of any JWT, unverified; `undefined` when it is none. */
export function parseJwtPayload(token: string): Readonly<Record<string, unknown>> | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const payload = parseJson(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return isRecord(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

function parseClaims(payload: string): Claims {
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
}
