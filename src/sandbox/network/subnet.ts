import { computed, reference } from '../arm/common-shapes.ts';
import { notPlayed } from '../compute/not-played.ts';
import { flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { World } from '../world.ts';
import { usersOfSubnet } from './links.ts';
import type { VirtualNetwork } from './virtual-network.ts';

const delegation = object({
  ...computed,
  name: text,
  properties: object({ serviceName: text, actions: readOnly, provisioningState: readOnly }),
});

const serviceEndpoint = object({
  service: text,
  locations: optional(list(text)),
  networkIdentifier: notPlayed('service endpoints with a network identifier'),
  provisioningState: readOnly,
});

/** Properties of a subnet as clients write them. */
export const subnetPropertiesShape = object({
  addressPrefix: optional(text),
  addressPrefixes: optional(list(text)),
  networkSecurityGroup: optional(reference),
  routeTable: optional(reference),
  natGateway: optional(reference),
  defaultOutboundAccess: optional(flag),
  privateEndpointNetworkPolicies: optional(
    oneOf('Enabled', 'Disabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'),
  ),
  privateLinkServiceNetworkPolicies: optional(oneOf('Enabled', 'Disabled')),
  serviceEndpoints: optional(list(serviceEndpoint)),
  serviceEndpointPolicies: notPlayed('service endpoint policies'),
  delegations: optional(list(delegation)),
  sharingScope: notPlayed('subnets that are shared'),
  ipAllocations: notPlayed('IP allocations'),
  applicationGatewayIPConfigurations: notPlayed('application gateways'),
  ipamPoolPrefixAllocations: notPlayed('pools of an IP address manager'),
  serviceGateway: notPlayed('service gateways'),
  ipConfigurations: readOnly,
  ipConfigurationProfiles: readOnly,
  privateEndpoints: readOnly,
  resourceNavigationLinks: readOnly,
  serviceAssociationLinks: readOnly,
  purpose: readOnly,
  provisioningState: readOnly,
});

export const subnetShape = object({ ...computed, name: text, properties: subnetPropertiesShape });

export interface Subnet {
  readonly name: string;
  readonly etag: string;
  readonly properties: Shaped<typeof subnetPropertiesShape>;
}

export function subnetId(network: { readonly id: string }, subnet: { readonly name: string }): string {
  return `${network.id}/subnets/${subnet.name}`;
}

/** The address prefixes of a subnet, in whichever member the client put them. */
export function prefixesOf({ properties }: Subnet): readonly string[] {
  const { addressPrefix, addressPrefixes } = properties;
  if (addressPrefixes && addressPrefixes.length > 0) return addressPrefixes;
  return addressPrefix === undefined ? [] : [addressPrefix];
}

export function renderSubnet(network: VirtualNetwork, subnet: Subnet, world: World): Record<string, unknown> {
  const id = subnetId(network, subnet);
  const users = usersOfSubnet(world, id);
  const { delegations = [], serviceEndpoints, ...properties } = subnet.properties;
  return {
    name: subnet.name,
    id,
    etag: `W/"${subnet.etag}"`,
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties: {
      provisioningState: network.state,
      ...properties,
      ...(serviceEndpoints
        ? {
            serviceEndpoints: serviceEndpoints.map((one) => ({
              ...one,
              locations: one.locations ?? [network.location],
            })),
          }
        : {}),
      ...(users.length === 0 ? {} : { ipConfigurations: users.map((user) => ({ id: user })) }),
      delegations: delegations.map(({ name, properties: { serviceName } }) => ({
        name,
        id: `${id}/delegations/${name}`,
        etag: `W/"${subnet.etag}"`,
        type: 'Microsoft.Network/virtualNetworks/subnets/delegations',
        properties: { serviceName, actions: [], provisioningState: network.state },
      })),
      privateEndpointNetworkPolicies: properties.privateEndpointNetworkPolicies ?? 'Disabled',
      privateLinkServiceNetworkPolicies: properties.privateLinkServiceNetworkPolicies ?? 'Enabled',
    },
  };
}
