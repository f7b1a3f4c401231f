import { tracked } from '../arm/common-shapes.ts';
import { notPlayed } from '../compute/not-played.ts';
import { integer, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';

/** Properties of a public address as clients write them. */
export const addressPropertiesShape = object({
  publicIPAllocationMethod: optional(oneOf('Static', 'Dynamic')),
  publicIPAddressVersion: optional(oneOf('IPv4', 'IPv6')),
  idleTimeoutInMinutes: optional(integer),
  deleteOption: optional(oneOf('Delete', 'Detach')),
  dnsSettings: optional(
    object({
      domainNameLabel: optional(text),
      domainNameLabelScope: optional(oneOf('TenantReuse', 'SubscriptionReuse', 'ResourceGroupReuse', 'NoReuse')),
      fqdn: readOnly,
      reverseFqdn: notPlayed('reverse names of public addresses'),
    }),
  ),
  ddosSettings: notPlayed('DDoS settings of public addresses'),
  ipTags: notPlayed('IP tags'),
  publicIPPrefix: notPlayed('public IP prefixes'),
  natGateway: readOnly,
  linkedPublicIPAddress: notPlayed('linked public addresses'),
  servicePublicIPAddress: notPlayed('public addresses of services'),
  migrationPhase: readOnly,
  ipAddress: readOnly,
  ipConfiguration: readOnly,
  resourceGuid: readOnly,
  provisioningState: readOnly,
});

export const addressShape = object({
  ...tracked,
  extendedLocation: notPlayed('extended locations'),
  sku: optional(
    object({
      // `StandardV2` is for NAT gateways alone.
      name: optional(oneOf('Basic', 'Standard', 'StandardV2')),
      tier: optional(oneOf('Regional', 'Global')),
    }),
  ),
  zones: optional(list(text)),
  properties: optional(addressPropertiesShape),
});

export type AddressProperties = Shaped<typeof addressPropertiesShape>;
