import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AzureOptionValues } from '../../../src/drivers/azure/resolve-options.ts';
import { PreCreateCheckError } from '../../../src/errors/pre-create-check-error.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { type CorporateNetwork, corporateNetwork } from './corporate-network.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

let sandbox: TestSandbox;
let corp: CorporateNetwork;
let theirs: string[];
before(async () => {
  sandbox = await startTestSandbox();
  corp = await corporateNetwork(sandbox);
  theirs = leftOvers(sandbox);
});
after(() => sandbox.stop());

const network = () => corp.session.clients.network();

test("a machine lives in somebody's subnet and behind somebody's firewall, and leaves both as they were", async () => {
  const { ids } = corp;
  const before = await corp.read();
  const values = { subnet: ids.subnet, securityGroup: ids.group, noPublicIp: true, tags: { team: 'blue' } };
  const machine = sandboxMachine(sandbox, { values });
  const warnings: string[] = [];
  await machine.driver.check((line) => warnings.push(line));
  // Whoever is in the network gets through: Azure's own rules let them in.
  assert.deepEqual(warnings, []);
  const { address } = await machine.create();
  assert.equal(address, '10.0.1.4');
  const nic = await (await network()).networkInterfaces.get('docker-machine', 'dev-nic');
  assert.equal(nic.networkSecurityGroup?.id, ids.group);
  assert.equal(nic.ipConfigurations?.[0]?.subnet?.id, ids.subnet);
  assert.deepEqual(nic.tags, { team: 'blue', 'azdock-machine': 'dev', 'azdock-id': 'id-of-dev' });
  assert.ok(!leftOvers(sandbox).some((id) => id.endsWith('/dev-firewall')));
  assert.match(machine.driver.describeRemoval(), /^virtual machine, disk and NIC in docker-machine/);
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), theirs);
  assert.equal(await corp.read(), before);
});

test('a security group can be named with its group; a subnet can be added to a network named by its id', async () => {
  const values = {
    virtualNetwork: corp.ids.vnet,
    subnet: 'ours',
    subnetPrefix: '10.0.9.0/24',
    securityGroup: 'corp:guard',
  };
  const machine = sandboxMachine(sandbox, { values });
  await machine.driver.check();
  await machine.create();
  assert.ok((await (await network()).subnets.get('corp', 'hub', 'ours')).id);
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), theirs);
});

test('a machine with IPv6 has two addresses and two public ones, all in its certificate, and all go with it', async () => {
  const machine = sandboxMachine(sandbox, { values: { ipv6: true, allowFrom: ['2001:db8::/32', '203.0.113.0/24'] } });
  await machine.driver.check();
  const { address, alternativeAddresses } = await machine.create();
  assert.match(address ?? '', /^203\.0\.113\./);
  assert.equal(alternativeAddresses.filter((one) => one.includes(':')).length, 2);
  assert.ok(alternativeAddresses.some((one) => one.startsWith('fd')));
  const again = sandboxMachine(sandbox, { name: 'two', values: { ipv6: true } });
  await again.driver.check();
  await again.create();
  assert.match(machine.driver.describeRemoval(), /public IPs and firewall/);
  await again.remove();
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), theirs);
});

test('public addresses are of the zone that the machine is in', async () => {
  const machine = sandboxMachine(sandbox, {
    values: { availabilityZone: '2', ipv6: true, acceleratedNetworking: true, size: 'Standard_D2s_v5' },
  });
  await machine.driver.check();
  await machine.create();
  const { publicIPAddresses, networkInterfaces } = await network();
  for (const name of ['dev-ip', 'dev-ip6'])
    assert.deepEqual((await publicIPAddresses.get('docker-machine', name)).zones, ['2']);
  assert.equal((await networkInterfaces.get('docker-machine', 'dev-nic')).enableAcceleratedNetworking, true);
  await machine.remove();
});

test('a private address that is free is had, and one that is taken is refused with others that are free', async () => {
  const values = { subnet: `${corp.ids.vnet}/subnets/inner`, privateIpAddress: '10.0.1.77', usePrivateIp: true };
  const machine = sandboxMachine(sandbox, { values });
  await machine.driver.check();
  assert.equal((await machine.create()).address, '10.0.1.77');
  await assert.rejects(sandboxMachine(sandbox, { name: 'two', values }).driver.check(), (error: unknown) => {
    assert.ok(error instanceof PreCreateCheckError);
    assert.match(error.message, /10\.0\.1\.77 is taken/);
    assert.match(error.nextSteps[0]?.command ?? '', /--azure-private-ip-address 10\.0\.1\.4$/);
    return true;
  });
  await machine.remove();
});

test('a full subnet, and one without a way out, are told before anything is made', async () => {
  const values = { subnet: `${corp.ids.vnet}/subnets/small`, noPublicIp: true };
  const names = ['one', 'two', 'three'];
  const machines = names.map((name) => sandboxMachine(sandbox, { name, values }));
  const warnings: string[] = [];
  await machines[0]?.driver.check((line) => warnings.push(line));
  assert.match(warnings.join(), /small has no way out to the internet/);
  for (const machine of machines) await machine.create();
  await assert.rejects(sandboxMachine(sandbox, { name: 'four', values }).driver.check(), /small is full: all of its 3/);
  await Promise.all(machines.map((machine) => machine.remove()));
  assert.deepEqual(leftOvers(sandbox), theirs);
});

test('a security group that lets nobody reach the engine is told, with the command that opens it', async () => {
  const warnings: string[] = [];
  await sandboxMachine(sandbox, { values: { securityGroup: 'corp:guard' } }).driver.check((line) =>
    warnings.push(line),
  );
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /^Network security group guard lets nobody reach TCP port 2376, .*--priority 101/);
});

test("a subnet's own security group is judged as well", async () => {
  const warningsOf = async (values: AzureOptionValues): Promise<string[]> => {
    const warnings: string[] = [];
    const subnet = `${corp.ids.vnet}/subnets/guarded`;
    await sandboxMachine(sandbox, { values: { subnet, ...values } }).driver.check((line) => warnings.push(line));
    return warnings;
  };
  // Without a Docker port there is nothing that it keeps out.
  assert.deepEqual(await warningsOf({ tunnel: true }), []);
  assert.match((await warningsOf({})).join(), /group guard lets nobody reach TCP port 2376/);
});

const refused: readonly (readonly [title: string, values: () => AzureOptionValues, message: RegExp])[] = [
  [
    'a network whose id is none',
    () => ({ virtualNetwork: `${corp.ids.vnet}x` }),
    /no virtual network hubx in resource group corp/,
  ],
  ['a subnet whose id is none', () => ({ subnet: `${corp.ids.vnet}/subnets/x` }), /no subnet x in virtual network hub/],
  ['a network of another subscription', () => ({ virtualNetwork: other(corp.ids.vnet) }), /is in subscription 0000/],
  ['a group for a network that is not there', () => ({ virtualNetwork: 'nowhere:net' }), /no resource group nowhere/],
  ['a network in another region', () => ({ virtualNetwork: 'corp:abroad' }), /abroad is in northeurope/],
  ['a delegated subnet', () => ({ subnet: `${corp.ids.vnet}/subnets/lent` }), /belongs to Microsoft\.Web\/serverFarms/],
  ['a subnet without IPv6', () => ({ subnet: corp.ids.subnet, ipv6: true }), /Subnet inner has no IPv6/],
  ['a network without IPv6', () => ({ ...fresh(), ipv6: true }), /Network hub has no IPv6/],
  [
    'a new subnet outside of its network',
    () => ({ ...fresh(), subnetPrefix: '10.1.0.0/24' }),
    /network hub has 10\.0\.0\.0\/16/,
  ],
  [
    'a new subnet over another',
    () => ({ ...fresh(), subnetPrefix: '10.0.1.128/25' }),
    /where subnet inner of network hub has/,
  ],
  [
    'an address outside of its subnet',
    () => ({ subnet: corp.ids.subnet, privateIpAddress: '10.0.2.9' }),
    /is not in subnet inner/,
  ],
  [
    'an address that Azure keeps',
    () => ({ subnet: corp.ids.subnet, privateIpAddress: '10.0.1.3' }),
    /keeps for itself/,
  ],
  ['the last address', () => ({ privateIpAddress: '192.168.255.255' }), /keeps for itself/],
  ['an address outside of a new subnet', () => ({ privateIpAddress: '10.0.0.9' }), /is not in subnet docker-machine/],
  ['a security group that is not there', () => ({ securityGroup: 'corp:nobody' }), /no network security group nobody/],
  ['a security group in another region', () => ({ securityGroup: 'corp:far' }), /far is in northeurope/],
  [
    'a security group of another subscription',
    () => ({ securityGroup: other(corp.ids.group) }),
    /is in subscription 0000/,
  ],
  [
    'accelerated networking on a size without it',
    () => ({ acceleratedNetworking: true, size: 'Standard_B1s' }),
    /Standard_B1s has no accelerated/,
  ],
];
const fresh = () => ({ virtualNetwork: 'corp:hub', subnet: 'new', subnetPrefix: '10.0.8.0/24' });
const other = (id: string) => id.replace(/subscriptions\/[^/]+/, 'subscriptions/00000000-0000-0000-0000-000000000000');

for (const [title, values, message] of refused)
  test(`${title} is refused before anything is made, with what to do`, async () => {
    await assert.rejects(sandboxMachine(sandbox, { values: values() }).driver.check(), (error: unknown) => {
      assert.ok(error instanceof PreCreateCheckError, String(error));
      assert.match(error.message, message);
      assert.ok(error.nextSteps.length > 0);
      return true;
    });
    assert.deepEqual(leftOvers(sandbox), theirs);
  });

test('a service tag that Azure does not know is told with its code, and rm leaves nothing', async () => {
  const machine = sandboxMachine(sandbox, { values: { allowFrom: ['Nosuchtag'] } });
  await assert.rejects(machine.create(), /service tag.*SecurityRuleInvalidAddressPrefix/);
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), theirs);
});
