import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureNames, isSameId, machineTags, sharedTags } from '../../../src/drivers/azure/naming.ts';
import { parseResourceId } from '../../../src/drivers/azure/resource-id.ts';
import { hasTrustedLaunch } from '../../../src/drivers/azure/trusted-launch.ts';
import { imageName } from '../../../src/drivers/azure/image.ts';

const naming = {
  machine: 'dev',
  subscriptionId: 's',
  resourceGroup: 'g',
  virtualNetwork: 'net',
  subnet: 'sub',
  securityGroup: undefined,
  availabilitySet: undefined,
};

test('resources are called as docker-machine calls them, and their ids say where they are', () => {
  const names = azureNames(naming);
  assert.deepEqual(
    [names.vm, names.disk, names.nic, names.publicIp, names.firewall],
    ['dev', 'dev-os-disk', 'dev-nic', 'dev-ip', 'dev-firewall'],
  );
  assert.equal(
    names.ids.nic,
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/dev-nic',
  );
  assert.equal(names.ids.availabilitySet, undefined);
});

test('a network can be in another group', () => {
  const names = azureNames({ ...naming, virtualNetwork: 'other:net' });
  assert.equal(names.vnetGroup, 'other');
  assert.equal(
    names.ids.subnet,
    '/subscriptions/s/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/net/subnets/sub',
  );
});

test("a computer's name has no dots", () => {
  assert.equal(azureNames({ ...naming, machine: 'a.b.c' }).computer, 'a-b-c');
});

test('a shared resource never carries the tag by which a machine is verified to be gone', () => {
  assert.deepEqual(Object.keys(machineTags({ name: 'dev', id: 'id', options: { tags: {} } })), [
    'azdock-machine',
    'azdock-id',
  ]);
  assert.equal(
    machineTags({ name: 'dev', id: 'id', storeId: 'store', options: { tags: {} } })['azdock-store'],
    'store',
  );
  assert.deepEqual(sharedTags(), { 'azdock-shared': 'true' });
});

test('ids are taken apart and compared without regard to case', () => {
  const id = '/subscriptions/s/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/dev/extensions/docker';
  assert.deepEqual(parseResourceId(id), {
    id,
    subscriptionId: 's',
    group: 'G',
    type: 'microsoft.compute/virtualmachines/extensions',
    names: ['dev', 'docker'],
  });
  assert.equal(parseResourceId('/subscriptions/s/resourceGroups/g')?.type, '');
  assert.equal(parseResourceId('/subscriptions/s'), undefined);
  assert.equal(parseResourceId('/subscriptions/s/resourceGroups/g/providers/N/T'), undefined);
  assert.ok(isSameId(id, id.toUpperCase()));
});

test('sizes without Trusted Launch are known by what the region says, else by their names', () => {
  for (const size of ['Standard_B2s_v2', 'Standard_D2s_v5', 'Standard_D2as_v5', 'Standard_F2s_v2', 'Standard_E2s_v3'])
    assert.ok(hasTrustedLaunch(size), size);
  for (const size of [
    'Standard_A2_v2',
    'Standard_D2_v2',
    'Standard_D2_v3',
    'Standard_NC6',
    'Basic_A1',
    'Standard_D2ps_v5',
  ])
    assert.ok(!hasTrustedLaunch(size), size);
  assert.ok(hasTrustedLaunch('Standard_D2_v2', { hasTrustedLaunch: true }), 'what the region says counts more');
});

test('Ubuntu images are called by their release', () => {
  assert.equal(imageName('Canonical:ubuntu-24_04-lts:server:latest'), 'Ubuntu 24.04');
  assert.equal(
    imageName('Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest'),
    'Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest',
  );
  assert.equal(imageName('Debian:debian-12:12:latest'), 'Debian:debian-12:12:latest');
});
