import { ArmProblem } from '../arm/problem.ts';
import { normaliseLocation } from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { World } from '../world.ts';

/** Rule for labels: https://learn.microsoft.com/rest/api/virtualnetwork/check-dns-name-availability */
const labelForm = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

function ownerOf(world: World, label: string, location: string): string | undefined {
  const wanted = label.toLowerCase();
  return world.state.addresses
    .list((item) => item.location === location)
    .find((item) => item.properties.dnsSettings?.domainNameLabel?.toLowerCase() === wanted)?.id;
}

/** @throws ArmProblem 400 for a label that is malformed or taken in the region. */
export function checkLabel(
  world: World,
  wanted: { readonly label: string; readonly location: string; readonly owner: string },
): void {
  const { label, location } = wanted;
  if (!labelForm.test(label))
    throw new ArmProblem(
      400,
      'InvalidDomainNameLabel',
      `The domain name label ${label} is invalid. It must conform to the following regular expression: ${labelForm.source}.`,
    );
  const owner = ownerOf(world, label, location);
  if (owner !== undefined && owner.toLowerCase() !== wanted.owner.toLowerCase())
    throw new ArmProblem(
      400,
      'DnsRecordInUse',
      `DNS record ${label}.${location}.cloudapp.azure.com is already used by another public IP.`,
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
      if (!labelForm.test(label))
        throw new ArmProblem(400, 'InvalidDomainNameLabel', `The domain name label ${label} is invalid.`);
      return { status: 200, body: { available: ownerOf(world, label, location) === undefined } };
    },
  },
];
