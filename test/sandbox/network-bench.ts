import type { NetworkInterface, NetworkManagementClient, PublicIPAddress, SecurityRule } from '@azure/arm-network';
import { RestError } from '@azure/core-rest-pipeline';
import { azureClients } from './azure-clients.ts';
import { location, machineBody, make } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

/** A sandbox with the groups `rg` and `other`, and Azure's own client to ask it for networks. */
export interface NetworkBench extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly guests: FakeGuests;
  readonly arm: Arm;
  readonly network: NetworkManagementClient;
  /** Id of something of Microsoft.Network in group `rg`, or another one. */
  id(below: string, group?: string): string;
  /** How a request is refused: `400 SubnetIsFull`; else `accepted`. */
  refusal(answer: Promise<unknown>): Promise<string>;
  /** A network with one subnet `s`, IPv4 and IPv6. */
  makeNetwork(name: string, number: number): Promise<void>;
  makeAddress(name: string, more?: Partial<PublicIPAddress>): Promise<PublicIPAddress>;
  /** A machine that runs, on an interface that there is. */
  makeMachine(name: string, nic: string): Promise<void>;
}

export async function openNetworkBench(): Promise<NetworkBench> {
  const guests = new FakeGuests();
  const sandbox = await startTestSandbox({ guests });
  const arm = await openArm(sandbox);
  for (const group of ['rg', 'other']) await make(arm, `/resourcegroups/${group}`, { location });
  const { network } = azureClients(sandbox);
  return {
    sandbox,
    guests,
    arm,
    network,
    id: (below, group = 'rg') => `${arm.subscription}/resourceGroups/${group}/providers/Microsoft.Network/${below}`,
    async refusal(answer) {
      try {
        await answer;
        return 'accepted';
      } catch (error) {
        if (!(error instanceof RestError)) throw error;
        return `${error.statusCode} ${error.code}`;
      }
    },
    async makeNetwork(name, number) {
      await network.virtualNetworks.createOrUpdate('rg', name, {
        location,
        addressSpace: { addressPrefixes: [`10.${number}.0.0/16`, `fd00:${number}::/48`] },
        subnets: [{ name: 's', addressPrefixes: [`10.${number}.0.0/24`, `fd00:${number}::/64`] }],
      });
    },
    makeAddress: (name, more = {}) =>
      network.publicIPAddresses.createOrUpdate('rg', name, {
        location,
        sku: { name: 'Standard' },
        publicIPAllocationMethod: 'Static',
        ...more,
      }),
    async makeMachine(name, nic) {
      const body = machineBody(arm, name);
      body.properties.networkProfile.networkInterfaces[0].id = `${arm.subscription}/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/${nic}`;
      await make(arm, `/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`, body);
    },
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
}

/** A rule that lets SSH in from anywhere. */
export function ssh(name: string, priority: number, more: Partial<SecurityRule> = {}): SecurityRule {
  return {
    name,
    priority,
    protocol: 'Tcp',
    access: 'Allow',
    direction: 'Inbound',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '22',
    ...more,
  };
}

export type IpConfiguration = NonNullable<NetworkInterface['ipConfigurations']>[number];

/** All items of a list that comes in pages. */
export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
