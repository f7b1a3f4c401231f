import { ArmProblem } from '../arm/problem.ts';
import { notImplemented } from '../arm/problems.ts';
import type { Resource } from '../state/resource.ts';
import type { AddressProperties } from './address-shape.ts';
import type { PublicAddress } from './public-address.ts';
import { checkZones, zonesText } from './zones.ts';

export interface WantedAddress {
  readonly sku: 'Basic' | 'Standard' | 'StandardV2';
  readonly tier: 'Regional' | 'Global';
  readonly zones: readonly string[] | undefined;
  readonly properties: AddressProperties;
}

/** @throws ArmProblem 400 for a public address that Azure does not make, or into which it does not change an existing one. */
export function checkAddress(base: Resource, wanted: WantedAddress, existing: PublicAddress | undefined): void {
  const { properties, zones } = wanted;
  checkSku(base, wanted);
  if (zones) checkZones(base, zones);
  // Bounds: Microsoft's description of idleTimeoutInMinutes in the portal and in az network public-ip create.
  const { idleTimeoutInMinutes: minutes = 4 } = properties;
  if (minutes < 4 || minutes > 30)
    throw new ArmProblem(
      400,
      'InvalidIdleTimeoutInMinutes',
      `The idle timeout of ${minutes} minutes of ${base.id} is not valid. It is between 4 and 30 minutes.`,
    );
  if (!existing) return;
  if (versionOf(existing.properties) !== versionOf(properties))
    throw new ArmProblem(
      400,
      'PublicIPAddressVersionCannotBeChanged',
      `The IP version of public IP address ${base.id} cannot be changed once it has been created.`,
    );
  if (zonesText(existing.zones) !== zonesText(zones))
    throw new ArmProblem(
      400,
      'ResourceAvailabilityZonesCannotBeModified',
      `Resource ${base.id} has an existing availability zone constraint ${zonesText(existing.zones)} and the request has availability zone constraint ${zonesText(zones)}, which do not match. Zones cannot be added/updated/removed once the resource is created. The resource cannot be updated from regional to zonal or vice-versa.`,
    );
}

// Basic public addresses were retired on 30 September 2025: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance
function checkSku(base: Resource, { sku, tier, properties, zones }: WantedAddress): void {
  const version = versionOf(properties);
  if (sku === 'StandardV2') throw notImplemented('public addresses of SKU StandardV2');
  if (sku === 'Basic' && zones && zones.length > 0)
    throw new ArmProblem(
      400,
      'ZonesNotAllowedInBasicSkuResource',
      `Zones not allowed in basic SKU resource ${base.id} in this region. Please use standard SKU.`,
    );
  if (sku === 'Basic')
    throw new ArmProblem(
      400,
      `${version}BasicSkuPublicIpCountLimitReached`,
      `Cannot create more than 0 ${version} Basic SKU public IP addresses for this subscription in this region.`,
    );
  // Addresses of the tier Global belong to load balancers across regions.
  if (tier === 'Global') throw notImplemented('public addresses of tier Global');
  // For both versions: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#ip-address-assignment
  if (properties.publicIPAllocationMethod !== 'Static')
    throw new ArmProblem(
      400,
      'StandardSkuPublicIPAddressesMustBeStatic',
      `Standard sku publicIp ${base.id} must have AllocationMethod set to Static.`,
    );
}

export function versionOf(properties: AddressProperties): 'IPv4' | 'IPv6' {
  return properties.publicIPAddressVersion ?? 'IPv4';
}
