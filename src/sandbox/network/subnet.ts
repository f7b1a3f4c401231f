import { computed, reference } from '../arm/common-shapes.ts';
import { flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { World } from '../world.ts';
import { usersOfSubnet } from './links.ts';
import type { VirtualNetwork } from './virtual-network.ts';

/** Properties of a subnet as clients write them. */
export const subnetPropertiesShape = object({
  addressPrefix: optional(text),
  addressPrefixes: optional(list(text)),
  networkSecurityGroup: optional(reference),
  defaultOutboundAccess: optional(flag),
  privateEndpointNetworkPolicies: optional(
    oneOf('Enabled', 'Disabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'),
  ),
  privateLinkServiceNetworkPolicies: optional(oneOf('Enabled', 'Disabled')),
  serviceEndpoints: optional(
    list(object({ service: text, locations: optional(list(text)), provisioningState: readOnly })),
  ),
  delegations: readOnly,
  ipConfigurations: readOnly,
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

/** First address prefix of a subnet, in whichever member the client put it. */
export function prefixOf({ properties }: Subnet): string {
  return properties.addressPrefix ?? properties.addressPrefixes?.[0] ?? '';
}

export function renderSubnet(network: VirtualNetwork, subnet: Subnet, world: World): Record<string, unknown> {
  const id = subnetId(network, subnet);
  const users = usersOfSubnet(world, id);
  return {
    name: subnet.name,
    id,
    etag: `W/"${subnet.etag}"`,
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties: {
      provisioningState: network.state,
      ...subnet.properties,
      ...(users.length === 0 ? {} : { ipConfigurations: users.map((user) => ({ id: user })) }),
      delegations: [],
      privateEndpointNetworkPolicies: subnet.properties.privateEndpointNetworkPolicies ?? 'Disabled',
      privateLinkServiceNetworkPolicies: subnet.properties.privateLinkServiceNetworkPolicies ?? 'Enabled',
    },
  };
}
