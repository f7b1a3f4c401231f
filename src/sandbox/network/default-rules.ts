import type { SecurityGroup } from './security-group.ts';

/** The six rules every group ends with: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules */
const defaults = [
  [
    'AllowVnetInBound',
    65000,
    'Allow',
    'Inbound',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow inbound traffic from all VMs in VNET',
  ],
  [
    'AllowAzureLoadBalancerInBound',
    65001,
    'Allow',
    'Inbound',
    'AzureLoadBalancer',
    '*',
    'Allow inbound traffic from azure load balancer',
  ],
  ['DenyAllInBound', 65500, 'Deny', 'Inbound', '*', '*', 'Deny all inbound traffic'],
  [
    'AllowVnetOutBound',
    65000,
    'Allow',
    'Outbound',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow outbound traffic from all VMs to all VMs in VNET',
  ],
  [
    'AllowInternetOutBound',
    65001,
    'Allow',
    'Outbound',
    '*',
    'Internet',
    'Allow outbound traffic from all VMs to Internet',
  ],
  ['DenyAllOutBound', 65500, 'Deny', 'Outbound', '*', '*', 'Deny all outbound traffic'],
] as const;

export function renderDefaultRules(group: SecurityGroup): readonly unknown[] {
  return defaults.map(([name, priority, access, direction, source, destination, description]) => ({
    name,
    id: `${group.id}/defaultSecurityRules/${name}`,
    etag: `W/"${group.etag}"`,
    type: 'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
    properties: {
      provisioningState: group.state,
      description,
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  }));
}
