import { timestamp } from '../clock.ts';
import type { Answer, Call } from '../http/exchange.ts';
import { isRecord } from '../json.ts';
import type { World } from '../world.ts';
import type { DeviceCodes } from './device-codes.ts';
import { EntraProblem } from './entra-problem.ts';
import { grant } from './grant.ts';
import { instanceDiscovery, openIdConfiguration } from './openid.ts';
import { keySet } from './tokens.ts';

/** Answers what belongs to Microsoft Entra; `undefined` for any other path. */
export function answerEntra(call: Call, world: World, devices: DeviceCodes): Answer | undefined {
  const [, tenant = '', ...rest] = call.path.split('/');
  const { endpoint, identity, clock, tokens } = world;
  const form = isRecord(call.body) ? call.body : {};
  try {
    switch (`${call.method} ${rest.join('/').toLowerCase()}`) {
      case 'GET discovery/instance':
        return { status: 200, body: instanceDiscovery(endpoint, identity) };
      case 'GET v2.0/.well-known/openid-configuration':
      case 'GET .well-known/openid-configuration':
        checkTenant(tenant, world);
        return { status: 200, body: openIdConfiguration(endpoint, tenant, identity) };
      case 'GET discovery/v2.0/keys':
        return { status: 200, body: keySet(identity) };
      case 'POST oauth2/v2.0/token':
        checkTenant(tenant, world);
        return { status: 200, body: grant({ identity, clock, devices, endpoint, tokens }, form) };
      case 'POST oauth2/v2.0/devicecode': {
        checkTenant(tenant, world);
        const client = { clientId: String(form['client_id'] ?? ''), scope: String(form['scope'] ?? ''), endpoint };
        return { status: 200, body: devices.begin(client) };
      }
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof EntraProblem) return error.answer(timestamp(clock.nowMs()));
    throw error;
  }
}

function checkTenant(tenant: string, { identity }: World): void {
  if (![identity.tenantId, 'common', 'organizations'].includes(tenant.toLowerCase()))
    throw new EntraProblem(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
}
