import { computed, reference, tracked } from '../arm/common-shapes.ts';
import { notPlayed } from '../compute/not-played.ts';
import { flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';

const publicAddress = object({
  ...tracked,
  id: text,
  sku: readOnly,
  properties: optional(object({ deleteOption: optional(oneOf('Delete', 'Detach')) })),
});

const ipConfigurationShape = object({
  ...computed,
  name: text,
  properties: object({
    subnet: optional(reference),
    primary: optional(flag),
    privateIPAddress: optional(text),
    privateIPAllocationMethod: optional(oneOf('Dynamic', 'Static')),
    privateIPAddressVersion: optional(oneOf('IPv4', 'IPv6')),
    privateIPAddressPrefixLength: notPlayed('blocks of private addresses'),
    publicIPAddress: optional(publicAddress),
    applicationSecurityGroups: notPlayed('application security groups'),
    applicationGatewayBackendAddressPools: notPlayed('application gateways'),
    gatewayLoadBalancer: notPlayed('load balancers'),
    loadBalancerBackendAddressPools: notPlayed('load balancers'),
    loadBalancerInboundNatRules: notPlayed('load balancers'),
    virtualNetworkTaps: notPlayed('taps of virtual networks'),
    privateLinkConnectionProperties: readOnly,
    provisioningState: readOnly,
  }),
});

/** Properties of a network interface as clients write them. */
export const interfacePropertiesShape = object({
  networkSecurityGroup: optional(reference),
  ipConfigurations: list(ipConfigurationShape),
  dnsSettings: optional(
    object({
      dnsServers: optional(list(text)),
      appliedDnsServers: readOnly,
      internalDnsNameLabel: optional(text),
      internalDomainNameSuffix: readOnly,
      internalFqdn: readOnly,
    }),
  ),
  enableAcceleratedNetworking: optional(flag),
  enableIPForwarding: optional(flag),
  disableTcpStateTracking: optional(flag),
  auxiliaryMode: optional(oneOf('None')),
  auxiliarySku: optional(oneOf('None')),
  nicType: optional(oneOf('Standard')),
  workloadType: notPlayed('workload types of interfaces'),
  privateLinkService: notPlayed('private links'),
  dscpConfiguration: readOnly,
  defaultOutboundConnectivityEnabled: readOnly,
  hostedWorkloads: readOnly,
  tapConfigurations: readOnly,
  privateEndpoint: readOnly,
  vnetEncryptionSupported: readOnly,
  virtualMachine: readOnly,
  macAddress: readOnly,
  primary: readOnly,
  allowPort25Out: readOnly,
  migrationPhase: readOnly,
  resourceGuid: readOnly,
  provisioningState: readOnly,
});

export const interfaceShape = object({
  ...tracked,
  extendedLocation: notPlayed('extended locations'),
  properties: interfacePropertiesShape,
});

export type InterfaceProperties = Shaped<typeof interfacePropertiesShape>;
export type IpConfiguration = InterfaceProperties['ipConfigurations'][number];
