import type { Story } from './record-azdock.ts';

const location = 'westeurope';
const CORP = '/resourceGroups/corp/providers/Microsoft.Network';
const inbound = {
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
};

/** Machines in networks and behind security groups of somebody else, with two IP versions, and with chosen people let in. */
export async function createInNetworks(story: Story): Promise<void> {
  await corporateNetwork(story);
  const subscription = story.sandbox.discovery.subscriptionId;
  const subnet = `/subscriptions/${subscription}${CORP}/virtualNetworks/hub/subnets/inner`;
  await Promise.all([
    story.works(
      `create joined --azure-subnet ${subnet} --azure-nsg corp:guard --azure-private-ip-address 10.0.1.77 --azure-tag team=blue ` +
        '--azure-accelerated-networking --azure-size Standard_D2s_v5 --azure-availability-zone 1',
    ),
    story.works(
      'create double --azure-ipv6 --azure-vnet two-versions --azure-open-port 80 --azure-allow-from 0.0.0.0/0 ' +
        '--azure-allow-from 2001:db8::/32 --azure-allow-from VirtualNetwork',
    ),
  ]);
  await Promise.all([
    story.works(
      'create doubled --azure-ipv6 --azure-vnet two-versions --azure-subnet more --azure-subnet-prefix 10.2.0.0/16',
    ),
    story.fails(/10\.0\.1\.77 is taken/, `create taken --azure-subnet ${subnet} --azure-private-ip-address 10.0.1.77`),
    story.fails(/no resource group nowhere/, 'create lost --azure-vnet nowhere:net'),
    story.fails(/no network security group/, 'create bare --azure-nsg nobody'),
    story.fails(/SecurityRuleInvalidAddressPrefix/, 'create strange --azure-allow-from Nosuchtag'),
  ]);
  await Promise.all([story.works('allow joined'), story.works('allow double')]);
  await story.works('allow double 203.0.113.7 198.51.100.0/24 AzureCloud.WestEurope');
  await story.fails(/not azdock's/, 'allow joined 203.0.113.7');
  await story.works('rm -y joined double doubled strange');
}

async function corporateNetwork(story: Story): Promise<void> {
  await story.azure('PUT', '/resourcegroups/corp', { location });
  const securityRules = [{ name: 'all', properties: { ...inbound, priority: 100, destinationPortRange: '*' } }];
  await story.azure('PUT', `${CORP}/networkSecurityGroups/guard`, { location, properties: { securityRules } });
  const subnets = [{ name: 'inner', properties: { addressPrefix: '10.0.1.0/24' } }];
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets };
  await story.azure('PUT', `${CORP}/virtualNetworks/hub`, { location, properties });
}
