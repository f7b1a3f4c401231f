/** Who a token stands for, as far as it tells (learn.microsoft.com, "Access token claims reference"). */
export interface TokenIdentity {
  readonly tenantId: string | undefined;
  /** Of the user, service principal or managed identity. */
  readonly objectId: string | undefined;
  /** A user's sign-in name, else the application's id. */
  readonly name: string | undefined;
}

/** Reads the claims of an access token. Tokens are Azure's to read: one that is no JWT tells nothing. */
export function tokenIdentity(token: string): TokenIdentity {
  const claims = parseClaims(token);
  const text = (...names: readonly string[]) =>
    names.map((name) => claims[name]).find((value): value is string => typeof value === 'string' && value !== '');
  return { tenantId: text('tid'), objectId: text('oid'), name: text('upn', 'unique_name', 'appid', 'azp') };
}

function parseClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return { ...Object(claims) };
  } catch {
    return {};
  }
}
