import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { Batch } from '../../../src/drivers/azure/batch.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { control } from '../../sandbox/control-calls.ts';
import { type Arm, finish, type Json, openArm } from '../../sandbox/raw-https.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { sandboxMachine } from './sandbox-machine.ts';

let sandbox: TestSandbox;
let azure: Arm;
before(async () => {
  sandbox = await startTestSandbox();
  azure = await openArm(sandbox);
});
after(() => sandbox.stop());

/** Checks and previews one of the machines of a dry run. */
async function preview(values: AzureOptionValues, count = 1) {
  const { options } = azureOptions({ environment: 'sandbox', allowFrom: ['192.0.2.7', 'VirtualNetwork'], ...values });
  const { world } = sandboxMachine(sandbox);
  const batch = new Batch({ count, isDryRun: true });
  const driver = createAzureDriver({ name: 'new', id: 'id-of-new', options, dependencies: world, batch });
  await driver.check();
  return (await driver.preview?.()) ?? assert.fail('this driver has no preview');
}

/** `TYPE NAME ACTION` of each resource. */
const resources = ({ resources: list }: Awaited<ReturnType<typeof preview>>) =>
  list.map(({ type, name, action }) => `${type.split('/').at(-1)} ${name} ${action}`);

test('what is there is used, what is the machine’s own is made, and rules say who is let in', async () => {
  const other = sandboxMachine(sandbox, { name: 'other' });
  await other.create();
  const found = await preview({
    ipv6: true,
    dataDisks: ['64'],
    openPorts: ['80'],
    availabilitySet: 'set',
    dnsLabel: 'shop',
    virtualNetwork: 'six',
  });
  assert.deepEqual(resources(found), [
    'resourceGroups docker-machine use',
    'networkSecurityGroups new-firewall make',
    'virtualNetworks six make',
    'subnets docker-machine make',
    'publicIPAddresses new-ip make',
    'publicIPAddresses new-ip6 make',
    'networkInterfaces new-nic make',
    'availabilitySets set make',
    'virtualMachines new make',
    'disks new-os-disk make',
    'disks new-data-0 make',
  ]);
  assert.deepEqual(
    found.firewall.rules.map(({ name, ports, from }) => `${name} ${ports} ${from}`),
    [
      'SSHAllow 22 192.0.2.7',
      'DockerAllow 2376 192.0.2.7',
      'Port80-TcpAllow 80 192.0.2.7',
      'SSHAllow-VirtualNetwork 22 VirtualNetwork',
      'DockerAllow-VirtualNetwork 2376 VirtualNetwork',
      'Port80-TcpAllow-VirtualNetwork 80 VirtualNetwork',
    ],
  );
  assert.deepEqual(found.names, ['shop.westeurope.cloudapp.azure.com']);
  await other.remove();
});

test('quotas are told as they are when all machines of the command are made', async () => {
  const found = await preview({ size: 'Standard_F2s_v2', ipv6: true, virtualNetwork: 'six' }, 2);
  const told = found.quotas.map(({ name, limit, needed, left }) => `${name}: ${left} of ${limit}, ${needed}`);
  assert.deepEqual(told.slice(0, 2), ['FSv2 vCPUs: 0 of 4, 4', 'vCPUs in all: 19996 of 20000, 4']);
  assert.deepEqual(
    found.quotas.slice(2).map(({ name, needed }) => [name, needed]),
    [
      ['public IPv4 addresses', 2],
      ['public IPv6 addresses', 2],
      ['public addresses in all', 4],
    ],
  );
  const hidden = await preview({ noPublicIp: true, spot: true, size: 'Standard_D2s_v5' });
  assert.deepEqual(
    hidden.quotas.map(({ name }) => name),
    ['Spot vCPUs'],
  );
});

test('a security group of the user’s is only used, and what is left of an earlier machine is written over', async () => {
  const put = async (path: string, body: object) => {
    const answer = await azure('PUT', path, { location: 'westeurope', ...body });
    assert.ok(answer.status < 300, answer.text);
    await finish(azure, answer);
  };
  await put('/resourceGroups/docker-machine', {});
  const network = '/resourceGroups/docker-machine/providers/Microsoft.Network';
  await put(`${network}/networkSecurityGroups/ours`, {});
  await put(`${network}/publicIPAddresses/new-ip`, {
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static' },
  });
  const found = resources(await preview({ securityGroup: 'ours', allowFrom: [] }));
  assert.ok(found.includes('networkSecurityGroups ours use'));
  assert.ok(found.includes('publicIPAddresses new-ip write'));
  assert.equal(found.filter((line) => line.startsWith('networkSecurityGroups')).length, 1);
});

test('a provider that is not registered is told of, and stays so', async () => {
  sandbox.server.world.state.unregistered.add('Microsoft.Network');
  const found = await preview({});
  assert.deepEqual(found.subscriptionChanges, ['resource provider Microsoft.Network would be registered']);
  const { body } = await control(sandbox, 'GET', 'journal');
  const posts = body.entries.filter(({ method, url }: Json) => method === 'POST' && url.includes('/register'));
  assert.deepEqual(posts, []);
  assert.ok(sandbox.server.world.state.unregistered.has('Microsoft.Network'));
});
