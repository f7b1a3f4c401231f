import { location, make, network, securityRule } from '../sandbox/build-machine.ts';
import { type Arm, finish } from '../sandbox/raw-https.ts';

/** Everything of Microsoft.Network that a simple machine does without. Needs the group of `makeNetwork`; leaves nothing. */
export async function askForNetworks(arm: Arm): Promise<void> {
  const at = `${arm.subscription}${network}`;
  const made = bodies(at);
  for (const [path, body] of Object.entries(made)) await make(arm, `${network}/${path}`, body);
  for (const wanted of ['10.9.0.44', '10.9.0.60'])
    await arm('GET', `${network}/virtualNetworks/dual/CheckIPAddressAvailability?ipAddress=${wanted}`);
  const types = ['routeTables', 'natGateways'];
  const names = ['routeTables/routes', 'natGateways/nat', 'virtualNetworks/dual', 'publicIPAddresses/dual6'];
  for (const path of [...names, 'networkInterfaces/dual-nic', 'networkSecurityGroups/dual-fw']) {
    await arm('GET', `${network}/${path}`);
    await arm('PATCH', `${network}/${path}`, { tags: { team: 'ours' } });
  }
  for (const type of types)
    for (const path of [`${network}/${type}`, `/providers/Microsoft.Network/${type}`]) await arm('GET', path);
  for (const path of ['routeTables/routes', 'natGateways/nat', 'networkSecurityGroups/dual-fw'])
    await arm('DELETE', `${network}/${path}`);
  for (const path of Object.keys(made).reverse()) await finish(arm, await arm('DELETE', `${network}/${path}`));
}

/** In the order in which they can be made. */
function bodies(at: string): Readonly<Record<string, unknown>> {
  const address = (publicIPAddressVersion: string, more: object = {}) => ({
    location,
    sku: { name: 'Standard', tier: 'Regional' },
    zones: ['1', '2', '3'],
    properties: { publicIPAllocationMethod: 'Static', publicIPAddressVersion, idleTimeoutInMinutes: 10, ...more },
  });
  const rules = [
    securityRule('from-here', 100, {
      sourceAddressPrefix: undefined,
      sourceAddressPrefixes: ['192.0.2.0/24', '198.51.100.7'],
      destinationPortRange: undefined,
      destinationPortRanges: ['22', '2376'],
    }),
    securityRule('from-there', 110, { sourceAddressPrefix: '2001:db8::/32' }),
    securityRule('not-from-azure', 120, { sourceAddressPrefix: 'AzureCloud.westeurope', access: 'Deny' }),
    securityRule('ping', 130, { protocol: 'Icmp', destinationPortRange: '*' }),
  ];
  const subnet = { id: `${at}/virtualNetworks/dual/subnets/both` };
  const ip = (name: string, version: string, properties: object) => ({
    name,
    properties: { subnet, privateIPAddressVersion: version, ...properties },
  });
  return {
    'routeTables/routes': {
      location,
      properties: {
        disableBgpRoutePropagation: true,
        routes: [
          {
            name: 'out',
            properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.9.9.9' },
          },
        ],
      },
    },
    'publicIPAddresses/nat-ip': address('IPv4'),
    'natGateways/nat': {
      location,
      sku: { name: 'Standard' },
      properties: { idleTimeoutInMinutes: 5, publicIpAddresses: [{ id: `${at}/publicIPAddresses/nat-ip` }] },
    },
    'networkSecurityGroups/dual-fw': { location, properties: { securityRules: rules } },
    'virtualNetworks/dual': {
      location,
      properties: {
        addressSpace: { addressPrefixes: ['10.9.0.0/16', 'fd00:db8::/48'] },
        dhcpOptions: { dnsServers: ['10.9.9.9'] },
        flowTimeoutInMinutes: 10,
        subnets: [
          {
            name: 'both',
            properties: {
              addressPrefixes: ['10.9.0.0/24', 'fd00:db8::/64'],
              networkSecurityGroup: { id: `${at}/networkSecurityGroups/dual-fw` },
              routeTable: { id: `${at}/routeTables/routes` },
              natGateway: { id: `${at}/natGateways/nat` },
              serviceEndpoints: [{ service: 'Microsoft.Storage' }],
              defaultOutboundAccess: false,
            },
          },
          {
            name: 'given-away',
            properties: {
              addressPrefix: '10.9.1.0/24',
              delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
            },
          },
        ],
      },
    },
    'publicIPAddresses/dual4': address('IPv4', {
      dnsSettings: { domainNameLabel: 'dual', domainNameLabelScope: 'SubscriptionReuse' },
    }),
    'publicIPAddresses/dual6': address('IPv6'),
    'networkInterfaces/dual-nic': {
      location,
      properties: {
        enableAcceleratedNetworking: true,
        enableIPForwarding: true,
        dnsSettings: { internalDnsNameLabel: 'dual', dnsServers: ['10.9.9.10'] },
        networkSecurityGroup: { id: `${at}/networkSecurityGroups/dual-fw` },
        ipConfigurations: [
          ip('four', 'IPv4', {
            primary: true,
            privateIPAllocationMethod: 'Static',
            privateIPAddress: '10.9.0.44',
            publicIPAddress: { id: `${at}/publicIPAddresses/dual4` },
          }),
          ip('six', 'IPv6', { publicIPAddress: { id: `${at}/publicIPAddresses/dual6` } }),
        ],
      },
    },
  };
}
