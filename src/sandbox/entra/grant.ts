import type { SandboxClock } from '../clock.ts';
import type { Identity } from '../identity.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { TokenLedger } from './token-ledger.ts';
import { EntraProblem } from './entra-problem.ts';
import { commonClaims, issueToken, parseJwtPayload, readToken, tokenLifetimeSeconds } from './tokens.ts';

export interface GrantParts {
  readonly identity: Identity;
  readonly clock: SandboxClock;
  readonly devices: DeviceCodes;
  readonly tokens: TokenLedger;
  readonly endpoint: string;
}

type Form = Readonly<Record<string, unknown>>;

const field = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};

/**
 * Answers a request for tokens: `client_credentials` with a secret or an assertion, `device_code`, `refresh_token`.
 *
 * @throws EntraProblem as Entra would refuse.
 */
export function grant(parts: GrantParts, form: Form): Record<string, unknown> {
  const type = field(form, 'grant_type');
  switch (type) {
    case 'client_credentials':
      checkClient(parts, form);
      return accessToken(parts, field(form, 'client_id'), field(form, 'scope'));
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code': {
      const client = field(form, 'client_id');
      const scope = parts.devices.redeem(field(form, 'device_code'), client);
      return userTokens(parts, client, scope);
    }
    case 'refresh_token': {
      const claims = readToken(parts.identity, field(form, 'refresh_token'));
      if (claims?.use !== 'refresh' || claims.appid !== field(form, 'client_id'))
        throw new EntraProblem(400, 'invalid_grant', 9002313, 'The refresh token is not valid.');
      return userTokens(parts, claims.appid, field(form, 'scope'));
    }
    default:
      throw new EntraProblem(400, 'unsupported_grant_type', 70003, `The grant type '${type}' is not supported.`);
  }
}

function checkClient({ identity, clock }: GrantParts, form: Form): void {
  const client = field(form, 'client_id');
  if (client !== identity.clientId)
    throw new EntraProblem(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${client}' was not found.`,
    );
  const assertion = field(form, 'client_assertion');
  if (assertion === '') {
    if (field(form, 'client_secret') !== identity.clientSecret)
      throw new EntraProblem(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
    return;
  }
  // Any workload may enter with a well-formed token of its own issuer: the sandbox trusts whoever is on this computer.
  const claims = parseJwtPayload(assertion);
  if (!claims) throw new EntraProblem(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.');
  if (typeof claims['exp'] === 'number' && claims['exp'] * 1000 < clock.nowMs())
    throw new EntraProblem(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.');
}

function accessToken(parts: GrantParts, client: string, scope: string): Record<string, unknown> {
  const audience = scope
    .split(' ')
    .find((word) => word.endsWith('/.default'))
    ?.slice(0, -'/.default'.length);
  if (!audience)
    throw new EntraProblem(400, 'invalid_scope', 1002012, `The provided value for scope '${scope}' is not valid.`);
  const { identity, clock, endpoint, tokens } = parts;
  const issuer = `${endpoint}/${identity.tenantId}/`;
  const claims = {
    ...commonClaims(identity, clock, issuer),
    aud: audience,
    appid: client,
    use: 'access',
    n: tokens.next(),
  };
  return {
    token_type: 'Bearer',
    expires_in: tokenLifetimeSeconds,
    ext_expires_in: tokenLifetimeSeconds,
    access_token: issueToken(identity, claims),
  };
}

function userTokens(parts: GrantParts, client: string, scope: string): Record<string, unknown> {
  const { identity, clock, endpoint } = parts;
  const common = commonClaims(identity, clock, `${endpoint}/${identity.tenantId}/v2.0`);
  const info = { uid: identity.principalId, utid: identity.tenantId };
  const user = { preferred_username: 'developer@sandbox', name: 'Developer' };
  return {
    ...accessToken(parts, client, scope),
    scope,
    refresh_token: issueToken(identity, { ...common, aud: client, appid: client, use: 'refresh' }),
    id_token: issueToken(identity, { ...common, ...user, aud: client, appid: client, use: 'id', ver: '2.0' }),
    client_info: Buffer.from(JSON.stringify(info)).toString('base64url'),
  };
}
