import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureDefaults } from '../../../src/drivers/azure/options.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

function refused(values: AzureOptionValues, flag: string) {
  assert.throws(
    () => azureOptions(values),
    (error: unknown) => error instanceof UsageError && error.message.includes(flag),
    `${JSON.stringify(values)} should be refused`,
  );
}

test('nothing given gives the defaults, without a warning and without an availability set', () => {
  const { options, warnings } = azureOptions({ size: undefined });
  assert.deepEqual(warnings, []);
  assert.equal(options.size, azureDefaults.size);
  assert.equal(options.availabilitySet, undefined);
});

test("docker-machine's old defaults are replaced, each with a warning", () => {
  const { options, warnings } = azureOptions({
    image: 'canonical:UbuntuServer:16.04.0-LTS:latest',
    size: 'Standard_A2',
    storageType: 'Standard_GRS',
    staticPublicIp: true,
  });
  assert.equal(options.image, azureDefaults.image);
  assert.equal(options.size, azureDefaults.size);
  assert.equal(options.storageType, 'StandardSSD_LRS');
  assert.equal(warnings.length, 4);
});

test('values that still work today are left as they are', () => {
  const { options, warnings } = azureOptions({ size: 'Standard_A2_v2', storageType: 'Standard_LRS' });
  assert.equal(options.size, 'Standard_A2_v2');
  assert.equal(options.storageType, 'Standard_LRS');
  assert.deepEqual(warnings, []);
});

test('a value that cannot be right is refused by the name of its flag', () => {
  refused({ environment: 'AzureGermanCloud' }, '--azure-environment');
  refused({ sshUser: 'admin' }, '--azure-ssh-user');
  refused({ sshUser: '' }, '--azure-ssh-user');
  refused({ dockerPort: 0 }, '--azure-docker-port');
  refused({ dockerPort: 65_536 }, '--azure-docker-port');
  refused({ image: 'ubuntu' }, '--azure-image');
  refused({ image: 'a:b:c' }, '--azure-image');
  refused({ virtualNetwork: 'a:b:c' }, '--azure-vnet');
  refused({ virtualNetwork: ':b' }, '--azure-vnet');
  refused({ subnetPrefix: '10.0.0.0' }, '--azure-subnet-prefix');
  refused({ subnetPrefix: '10.0.0.0/33' }, '--azure-subnet-prefix');
  refused({ storageType: 'UltraSSD_LRS' }, '--azure-storage-type');
  refused({ privateIpAddress: 'one' }, '--azure-private-ip-address');
  refused({ dnsLabel: 'Dev' }, '--azure-dns');
  refused({ dnsLabel: 'dev-1', noPublicIp: true }, '--azure-dns');
  refused({ resourceGroup: 'g.' }, '--azure-resource-group');
  refused({ openPorts: ['80', '0/tcp'] }, '--azure-open-port');
  refused({ openPorts: ['80/icmp'] }, '--azure-open-port');
  refused({ openPorts: ['90-80'] }, '--azure-open-port');
});

test("an image's resource id is taken as it is", () => {
  const image = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/mine';
  assert.equal(azureOptions({ image }).options.image, image);
});
