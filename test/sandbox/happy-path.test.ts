import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { azureClients } from './azure-clients.ts';
import { FakeGuests } from './fake-guests.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJpZ test';
let sandbox: TestSandbox;
const guests = new FakeGuests();
before(async () => {
  sandbox = await startTestSandbox({ guests });
});
after(() => sandbox.stop());

test('the official clients log in, build a machine with its network, attach an extension and remove it all', async () => {
  const { compute, network, resources } = azureClients(sandbox);
  const location = 'westeurope';
  const tags = { 'azdock-machine': 'dev' };

  const group = await resources.resourceGroups.createOrUpdate('rg', { location, tags });
  assert.equal(group.properties?.provisioningState, 'Succeeded');

  const [guard, vnet, address] = await Promise.all([
    network.networkSecurityGroups.createOrUpdate('rg', 'dev-firewall', {
      location,
      tags,
      securityRules: [
        {
          name: 'ssh',
          protocol: 'Tcp',
          sourceAddressPrefix: '*',
          sourcePortRange: '*',
          destinationAddressPrefix: '*',
          destinationPortRange: '22',
          access: 'Allow',
          direction: 'Inbound',
          priority: 100,
        },
      ],
    }),
    network.virtualNetworks.createOrUpdate('rg', 'vnet', {
      location,
      addressSpace: { addressPrefixes: ['192.168.0.0/16'] },
      subnets: [{ name: 'docker-machine', addressPrefix: '192.168.0.0/16', defaultOutboundAccess: false }],
    }),
    network.publicIPAddresses.createOrUpdate('rg', 'dev-ip', {
      location,
      tags,
      sku: { name: 'Standard', tier: 'Regional' },
      publicIPAllocationMethod: 'Static',
      publicIPAddressVersion: 'IPv4',
      deleteOption: 'Delete',
      dnsSettings: { domainNameLabel: 'dev-label' },
    }),
  ]);
  assert.equal(address.ipAddress, '203.0.113.1');
  assert.equal(address.dnsSettings?.fqdn, 'dev-label.westeurope.cloudapp.azure.com');

  const nic = await network.networkInterfaces.createOrUpdate('rg', 'dev-nic', {
    location,
    tags,
    networkSecurityGroup: { id: guard.id ?? '' },
    ipConfigurations: [
      {
        name: 'ip',
        subnet: { id: vnet.subnets?.[0]?.id ?? '' },
        publicIPAddress: { id: address.id ?? '', deleteOption: 'Delete' },
      },
    ],
  });
  assert.equal(nic.ipConfigurations?.[0]?.privateIPAddress, '192.168.0.4');

  const machine = await compute.virtualMachines.createOrUpdate('rg', 'dev', {
    location,
    tags,
    hardwareProfile: { vmSize: 'Standard_B2s_v2' },
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
      osDisk: {
        name: 'dev-os-disk',
        createOption: 'FromImage',
        deleteOption: 'Delete',
        managedDisk: { storageAccountType: 'StandardSSD_LRS' },
      },
    },
    osProfile: {
      computerName: 'dev',
      adminUsername: 'docker-user',
      customData: Buffer.from('#!/bin/sh\n').toString('base64'),
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: { publicKeys: [{ path: '/home/docker-user/.ssh/authorized_keys', keyData: key }] },
      },
    },
    networkProfile: { networkInterfaces: [{ id: nic.id ?? '', primary: true, deleteOption: 'Delete' }] },
    securityProfile: {
      securityType: 'TrustedLaunch',
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  });
  assert.equal(machine.provisioningState, 'Succeeded');
  assert.equal(machine.osProfile?.customData, undefined);
  const [guest] = [...guests.guests.values()];
  assert.equal(guest?.spec.customData?.toString(), '#!/bin/sh\n');
  assert.equal(guest?.spec.publicAddress, '203.0.113.1');
  assert.deepEqual(
    guest?.rules.map(({ access, fromPort, toPort }) => `${access} ${fromPort}-${toPort}`),
    ['Allow 22-22', 'Allow 0-65535', 'Deny 0-65535'],
  );

  const view = await compute.virtualMachines.instanceView('rg', 'dev');
  assert.deepEqual(
    view.statuses?.map(({ code }) => code),
    ['ProvisioningState/succeeded', 'PowerState/running'],
  );

  const types = await compute.virtualMachineExtensionImages.listTypes(location, 'Microsoft.Azure.Extensions');
  assert.deepEqual(types.map(({ name }) => name).sort(), ['CustomScript', 'DockerExtension']);
  const extension = await compute.virtualMachineExtensions.createOrUpdate('rg', 'dev', 'docker', {
    location,
    publisher: 'Microsoft.Azure.Extensions',
    typePropertiesType: 'DockerExtension',
    typeHandlerVersion: '1.2',
    autoUpgradeMinorVersion: true,
    settings: { docker: { port: '2376' } },
    protectedSettings: { certs: { ca: 'Y2E=' } },
  });
  assert.equal(extension.provisioningState, 'Succeeded');
  assert.equal(extension.protectedSettings, undefined);
  assert.deepEqual(guests.runs[0], {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'DockerExtension',
    version: '1.2.2',
    sequence: 0,
    settings: { docker: { port: '2376' } },
    protectedSettings: { certs: { ca: 'Y2E=' } },
  });

  await compute.virtualMachines.powerOff('rg', 'dev');
  await compute.virtualMachines.start('rg', 'dev');
  await compute.virtualMachines.restart('rg', 'dev');
  await compute.virtualMachines.deallocate('rg', 'dev');
  const stopped = await compute.virtualMachines.get('rg', 'dev', { expand: 'instanceView' });
  assert.equal(stopped.instanceView?.statuses?.[1]?.code, 'PowerState/deallocated');

  await compute.virtualMachines.delete('rg', 'dev', { forceDeletion: true });
  assert.equal(guests.guests.size, 0);
  assert.equal(guests.addresses.size, 0);
  await network.networkSecurityGroups.delete('rg', 'dev-firewall');
  for await (const left of resources.resources.list({ filter: "tagName eq 'azdock-machine'" }))
    assert.fail(`${left.id} is left`);
  await resources.resourceGroups.delete('rg');
  assert.deepEqual(sandbox.server.world.state.resources(), []);
  assert.deepEqual(await resources.resourceGroups.checkExistence('rg'), { body: false });
});
