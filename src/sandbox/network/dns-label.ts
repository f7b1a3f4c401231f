import { createHash } from 'node:crypto';
import { ArmProblem } from '../arm/problem.ts';
import { normaliseLocation } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { World } from '../world.ts';
import type { PublicAddress } from './public-address.ts';

/** Rule for labels: https://learn.microsoft.com/rest/api/virtualnetwork/check-dns-name-availability */
const labelForm = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

type Named = Pick<PublicAddress, 'id' | 'group' | 'location' | 'properties'>;

/**
 * Name of an address with a label. With a scope there is a hash between label and region, which is the same for the same label
 * within that scope: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#domain-name-label-scope-preview
 */
export function fqdnOf(world: World, address: Named): string | undefined {
  const { domainNameLabel: label, domainNameLabelScope: scope } = address.properties.dnsSettings ?? {};
  if (label === undefined) return undefined;
  const { tenantId, subscriptionId } = world.identity;
  const places = {
    TenantReuse: [tenantId],
    SubscriptionReuse: [tenantId, subscriptionId],
    ResourceGroupReuse: [tenantId, subscriptionId, address.group.toLowerCase()],
    NoReuse: [address.id.toLowerCase()],
  };
  return [label, ...(scope ? [hashOf([label, ...places[scope]])] : []), address.location, 'cloudapp.azure.com'].join(
    '.',
  );
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 16);
}

function ownerOf(world: World, fqdn: string): string | undefined {
  const wanted = fqdn.toLowerCase();
  return world.state.addresses.list().find((item) => fqdnOf(world, item)?.toLowerCase() === wanted)?.id;
}

/** @throws ArmProblem 400 for a label that is malformed or taken in the region. */
export function checkLabel(world: World, address: Named): void {
  const { domainNameLabel: label } = address.properties.dnsSettings ?? {};
  const fqdn = fqdnOf(world, address);
  if (label === undefined || fqdn === undefined) return;
  requireForm(label);
  const owner = ownerOf(world, fqdn);
  if (owner !== undefined && owner.toLowerCase() !== address.id.toLowerCase())
    throw new ArmProblem(400, 'DnsRecordInUse', `DNS record ${fqdn} is already used by another public IP.`);
}

function requireForm(label: string): void {
  if (!labelForm.test(label))
    throw new ArmProblem(
      400,
      'InvalidDomainNameLabel',
      `The domain name label ${label} is invalid. It must conform to the following regular expression: ${labelForm.source}.`,
    );
}

export const dnsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/CheckDnsNameAvailability',
    family: 'network',
    answer(call, world) {
      const location = normaliseLocation(call.param('location'), 'locations/CheckDnsNameAvailability');
      const label = call.query.get('domainNameLabel') ?? '';
      requireForm(label);
      return {
        status: 200,
        body: { available: ownerOf(world, `${label}.${location}.cloudapp.azure.com`) === undefined },
      };
    },
  },
];
