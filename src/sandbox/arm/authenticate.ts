import { readToken } from '../entra/tokens.ts';
import type { Call } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { ArmProblem } from './problem.ts';

/** Audiences that mean Azure Resource Manager, in all clouds. */
const armAudiences = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://management.usgovcloudapi.net',
  'https://management.core.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
  'https://management.core.chinacloudapi.cn',
];

/**
 * Lets a call with a valid access token pass.
 *
 * @returns the principal's id
 * @throws ArmProblem 401 with `WWW-Authenticate`, from which clients learn the tenant.
 */
export function authenticate(call: Call, world: World): string {
  const { authorization } = call.headers;
  if (authorization === undefined)
    throw refusal(
      world,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      "The authentication failed because of missing 'Authorization' header.",
    );
  const [scheme, token] = authorization.split(' ');
  const claims = scheme?.toLowerCase() === 'bearer' && token ? readToken(world.identity, token) : undefined;
  if (claims?.use !== 'access')
    throw refusal(world, 'InvalidAuthenticationToken', 'The access token is invalid.', 'Could not parse the token.');
  if (![...armAudiences, world.endpoint].includes(claims.aud.replace(/\/+$/, '')))
    throw refusal(
      world,
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${claims.aud}'.`,
      'The token is for another audience.',
    );
  if (claims.exp * 1000 <= world.clock.nowMs() || world.tokens.isExpired(claims.n)) throw expiredToken(world);
  return claims.appid;
}

/** What Azure answers to a token that was good once. */
export function expiredToken(world: World): ArmProblem {
  const message = 'The access token expiry UTC time is earlier than now.';
  return refusal(world, 'ExpiredAuthenticationToken', message, 'expired');
}

function refusal(world: World, code: string, message: string, description: string): ArmProblem {
  const uri = `${world.endpoint}/${world.identity.tenantId}`;
  return new ArmProblem(401, code, message, {
    headers: {
      'www-authenticate': `Bearer authorization_uri="${uri}", error="invalid_token", error_description="${description}"`,
    },
  });
}
