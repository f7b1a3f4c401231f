import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { type AzureSession, openSession } from '../../../src/drivers/azure/session.ts';
import type { TestSandbox } from '../../sandbox/start.ts';
import { sandboxMachine } from './sandbox-machine.ts';

const location = 'westeurope';

/** What somebody else looks after, in group `corp`: network `hub` with subnets of all kinds, and a security group. */
export interface CorporateNetwork {
  readonly session: AzureSession;
  readonly ids: { readonly vnet: string; readonly subnet: string; readonly group: string };
  /** Everything in it as Azure has it, to see that it stays as it is. */
  read(): Promise<string>;
  remove(): Promise<void>;
}

export async function corporateNetwork(sandbox: TestSandbox): Promise<CorporateNetwork> {
  const { options } = azureOptions({ environment: 'sandbox' });
  const session = await openSession('corp', options, sandboxMachine(sandbox).world);
  const { resources, network } = session.clients;
  const { virtualNetworks, networkSecurityGroups } = await network();
  const { resourceGroups } = await resources();
  await resourceGroups.createOrUpdate('corp', { location });
  const rule = {
    priority: 100,
    direction: 'Inbound',
    protocol: 'Tcp',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
  };
  await networkSecurityGroups.createOrUpdate('corp', 'guard', {
    location,
    securityRules: [
      { name: 'ssh', access: 'Allow', sourceAddressPrefix: '10.0.0.0/8', destinationPortRange: '22', ...rule },
    ],
  });
  await networkSecurityGroups.createOrUpdate('corp', 'far', { location: 'northeurope' });
  const group = `/subscriptions/${session.subscriptionId}/resourceGroups/corp/providers/Microsoft.Network`;
  const guard = { id: `${group}/networkSecurityGroups/guard` };
  await virtualNetworks.createOrUpdate('corp', 'hub', {
    location,
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [
      { name: 'inner', addressPrefix: '10.0.1.0/24' },
      { name: 'small', addressPrefix: '10.0.2.0/29', defaultOutboundAccess: false },
      {
        name: 'lent',
        addressPrefix: '10.0.3.0/24',
        delegations: [{ name: 'd', serviceName: 'Microsoft.Web/serverFarms' }],
      },
      { name: 'guarded', addressPrefix: '10.0.4.0/24', networkSecurityGroup: guard },
    ],
  });
  await virtualNetworks.createOrUpdate('corp', 'abroad', {
    location: 'northeurope',
    addressSpace: { addressPrefixes: ['10.9.0.0/16'] },
  });
  const vnet = `${group}/virtualNetworks/hub`;
  return {
    session,
    ids: { vnet, subnet: `${vnet}/subnets/inner`, group: guard.id },
    async read() {
      const found = [await virtualNetworks.get('corp', 'hub'), await networkSecurityGroups.get('corp', 'guard')];
      return JSON.stringify(found.map(({ etag, tags, ...rest }) => ({ etag, tags, rules: 'securityRules' in rest })));
    },
    async remove() {
      await resourceGroups.delete('corp');
    },
  };
}
