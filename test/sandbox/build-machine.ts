import assert from 'node:assert/strict';
import { type Arm, finish, type Json, type RawAnswer } from './raw-https.ts';

export const location = 'westeurope';
export const network = '/resourceGroups/rg/providers/Microsoft.Network';
export const compute = '/resourceGroups/rg/providers/Microsoft.Compute';
export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJpZ test';

/** PUT and wait; fails the test when it does not succeed. */
export async function make(arm: Arm, path: string, body: unknown): Promise<RawAnswer> {
  const accepted = await arm('PUT', path, body);
  assert.ok(accepted.status < 300, `PUT ${path}: ${accepted.text}`);
  const end = await finish(arm, accepted);
  assert.ok(end === accepted || end.body.status === 'Succeeded', `PUT ${path}: ${end.text}`);
  return accepted;
}

/** The code that a request is refused with, and its status. */
export async function refusal(answer: Promise<RawAnswer>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${body.error?.code}`;
}

export const securityRule = (name: string, priority: number, properties: Json = {}) => ({
  name,
  properties: {
    priority,
    protocol: 'Tcp',
    access: 'Allow',
    direction: 'Inbound',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '22',
    ...properties,
  },
});

/** Group `rg`, network `vnet` with subnet `s`, security group `fw`. */
export async function makeNetwork(arm: Arm): Promise<void> {
  await make(arm, '/resourcegroups/rg', { location });
  await make(arm, `${network}/networkSecurityGroups/fw`, {
    location,
    properties: { securityRules: [securityRule('ssh', 100)] },
  });
  await make(arm, `${network}/virtualNetworks/vnet`, {
    location,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 's', properties: { addressPrefix: '10.0.0.0/24' } }],
    },
  });
}

/** Public address `NAME-ip` and interface `NAME-nic` in the network of {@link makeNetwork}. */
export async function makeInterface(arm: Arm, name: string): Promise<void> {
  await make(arm, `${network}/publicIPAddresses/${name}-ip`, {
    location,
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static' },
  });
  await make(arm, `${network}/networkInterfaces/${name}-nic`, interfaceBody(arm, name));
}

export function interfaceBody(arm: Arm, name: string, addressMore: Json = {}): Json {
  const at = `${arm.subscription}${network}`;
  return {
    location,
    properties: {
      networkSecurityGroup: { id: `${at}/networkSecurityGroups/fw` },
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: { id: `${at}/virtualNetworks/vnet/subnets/s` },
            publicIPAddress: { id: `${at}/publicIPAddresses/${name}-ip`, ...addressMore },
          },
        },
      ],
    },
  };
}

/** Body of a virtual machine's PUT, using `NAME-nic`. */
export function machineBody(arm: Arm, name: string, more: Json = {}): Json {
  return {
    location,
    ...more,
    properties: {
      hardwareProfile: { vmSize: 'Standard_B2s_v2' },
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
        osDisk: { name: `${name}-disk`, createOption: 'FromImage' },
      },
      osProfile: {
        computerName: name,
        adminUsername: 'docker-user',
        linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ keyData: publicKey }] } },
      },
      networkProfile: {
        networkInterfaces: [{ id: `${arm.subscription}${network}/networkInterfaces/${name}-nic` }],
      },
      ...more.properties,
    },
  };
}

/** A whole machine with its interface, in the network of {@link makeNetwork}. */
export async function makeMachine(arm: Arm, name: string, more: Json = {}): Promise<void> {
  await makeInterface(arm, name);
  await make(arm, `${compute}/virtualMachines/${name}`, machineBody(arm, name, more));
}
