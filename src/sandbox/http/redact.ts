import { isRecord } from '../json.ts';

/** What stands in a journal instead of a secret. */
export const redacted = '[redacted]';

/** Members that hold a secret, in lower case. */
export const secretMembers: ReadonlySet<string> = new Set(
  [
    'protectedSettings',
    'customData',
    'userData',
    'adminPassword',
    'password',
    'client_secret',
    'client_assertion',
    'access_token',
    'refresh_token',
    'id_token',
    'device_code',
    'assertion',
    'controlToken',
    'clientSecret',
  ].map((name) => name.toLowerCase()),
);

/** Redacts an object that has secrets in places of its own; undefined for any other. */
export type RedactSpecially = (value: Record<string, unknown>) => unknown;

/** A copy in which the value of every member that holds a secret is replaced. */
export function redactBody(value: unknown, specially: RedactSpecially = () => undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => redactBody(item, specially));
  if (!isRecord(value)) return value;
  const special = specially(value);
  if (special !== undefined) return special;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      secretMembers.has(key.toLowerCase()) && member !== undefined && member !== null
        ? redacted
        : redactBody(member, specially),
    ]),
  );
}

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie', 'x-ms-authorization-auxiliary']);

export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? redacted : value]),
  );
}
