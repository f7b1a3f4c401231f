import { isRecord } from '../json.ts';

/** What stands in a journal instead of a secret. */
export const redacted = '[redacted]';

const secretMembers = new Set(
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

/** A copy in which the value of every member that holds a secret is replaced. */
export function redactBody(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactBody);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      secretMembers.has(key.toLowerCase()) && member !== undefined && member !== null ? redacted : redactBody(member),
    ]),
  );
}

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie', 'x-ms-authorization-auxiliary']);

export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? redacted : value]),
  );
}
