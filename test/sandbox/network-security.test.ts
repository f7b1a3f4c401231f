import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SecurityRule } from '@azure/arm-network';
import { location } from './build-machine.ts';
import { listed, type NetworkBench, openNetworkBench, ssh } from './network-bench.ts';

let bench: NetworkBench;
before(async () => {
  bench = await openNetworkBench();
  const { network } = bench;
  await bench.makeNetwork('net', 1);
  await network.networkSecurityGroups.createOrUpdate('rg', 'fw', { location, securityRules: [ssh('ssh', 100)] });
  await bench.makeAddress('ip');
  await network.networkInterfaces.createOrUpdate('rg', 'nic', {
    location,
    networkSecurityGroup: { id: bench.id('networkSecurityGroups/fw') },
    ipConfigurations: [
      {
        name: 'ip',
        subnet: { id: bench.id('virtualNetworks/net/subnets/s') },
        publicIPAddress: { id: bench.id('publicIPAddresses/ip') },
      },
    ],
  });
  await bench.makeMachine('vm', 'nic');
});
after(() => bench[Symbol.asyncDispose]());

/** What a rule is refused with, alone in its group. */
const refused = (more: Partial<SecurityRule>) =>
  bench.refusal(bench.network.securityRules.createOrUpdate('rg', 'fw', 'tried', ssh('tried', 4000, more)));
const many = (sourceAddressPrefixes: string[]) => ({ sourceAddressPrefixes, sourceAddressPrefix: undefined as never });
/** What the guest lets in from outside of its network, as `source ports`. */
const open = () =>
  [...bench.guests.guests.values()].flatMap(({ rules }) =>
    rules
      .filter(({ access, source }) => access === 'Allow' && !['10.1.0.0/16', 'fd00:1::/48'].includes(source))
      .map(({ source, fromPort }) => `${source} ${fromPort}`),
  );

test('sources are addresses and ranges of either IP version, but of one in each rule', async () => {
  assert.equal(await refused(many(['192.0.2.7', '198.51.100.0/24'])), 'accepted');
  assert.equal(await refused(many(['2001:db8::/32', '2001:db8:1::7'])), 'accepted');
  const mixed = '400 ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies';
  assert.equal(await refused(many(['192.0.2.7', '2001:db8::/32'])), mixed);
  assert.equal(await refused({ sourceAddressPrefix: '::/0', destinationAddressPrefix: '10.0.0.0/8' }), mixed);
  for (const wrong of ['192.0.2.7/24', '192.0.2.0/33', '2001:db8::1/32', '2001:db8::/129', '300.1.1.1', 'any', ''])
    assert.match(await refused({ sourceAddressPrefix: wrong }), /^400 SecurityRuleInvalidAddressPrefix$/, wrong);
});

test('service tags are known by name and region, and stand alone', async () => {
  for (const tag of ['Internet', 'VirtualNetwork', 'AzureLoadBalancer', 'AzureCloud', 'azurecloud.WestEurope'])
    assert.equal(await refused({ sourceAddressPrefix: tag }), 'accepted', tag);
  for (const tag of ['AzureClod', 'AzureCloud.mars', 'AzureActiveDirectory.westeurope'])
    assert.equal(await refused({ sourceAddressPrefix: tag }), '400 SecurityRuleInvalidAddressPrefix', tag);
  const alone = '400 SecurityRuleParameterContainsUnsupportedValue';
  for (const tag of ['Internet', '*', 'Storage']) assert.equal(await refused(many([tag, '192.0.2.0/24'])), alone, tag);
});

test('both members of a pair, none of them, and ports that are none are refused', async () => {
  const exclusive = '400 SecurityRuleParametersMutuallyExclusive';
  assert.equal(await refused({ sourceAddressPrefixes: ['192.0.2.7'] }), exclusive);
  assert.equal(await refused({ destinationPortRanges: ['80'] }), exclusive);
  assert.equal(await refused(many([])), '400 SecurityRuleParameterEmptyOrNull');
  const ports = (list: string[]) => refused({ destinationPortRanges: list, destinationPortRange: undefined as never });
  assert.equal(await ports(['80', '*']), '400 SecurityRuleParameterContainsInvalidPortRanges');
  assert.equal(await ports(['80', '90-80']), '400 SecurityRuleInvalidPortRange');
  assert.equal(await refused({ priority: 100 }), '400 SecurityRuleConflict');
  assert.equal(await refused({ description: 'x'.repeat(141) }), '400 SecurityRuleInvalidDescription');
  assert.match(await refused({ protocol: 'Sctp' }), /^400 InvalidRequestFormat$/);
  assert.equal(
    await refused({ sourceApplicationSecurityGroups: [{ id: bench.id('applicationSecurityGroups/a') }] }),
    '501 SandboxNotImplemented',
  );
});

test('rules are resources of their own, and a change reaches a guest that runs', async () => {
  const { securityRules } = bench.network;
  await securityRules.delete('rg', 'fw', 'tried');
  assert.deepEqual(open(), ['* 22']);
  const docker = ssh('docker', 110, { destinationPortRange: '2376', ...many(['192.0.2.7', '198.51.100.0/24']) });
  const made = await securityRules.createOrUpdate('rg', 'fw', 'docker', docker);
  assert.deepEqual(made.sourceAddressPrefixes, ['192.0.2.7', '198.51.100.0/24']);
  assert.deepEqual(open(), ['* 22', '192.0.2.7 2376', '198.51.100.0/24 2376']);
  await securityRules.createOrUpdate('rg', 'fw', 'docker', { ...docker, sourceAddressPrefixes: ['203.0.113.9'] });
  assert.deepEqual(open(), ['* 22', '203.0.113.9 2376']);
  assert.equal((await securityRules.get('rg', 'fw', 'docker')).priority, 110);
  assert.deepEqual(
    (await listed(securityRules.list('rg', 'fw'))).map(({ name }) => name),
    ['ssh', 'docker'],
  );
  await securityRules.delete('rg', 'fw', 'docker');
  assert.equal(await bench.refusal(securityRules.get('rg', 'fw', 'docker')), '404 NotFound');
  assert.deepEqual(open(), ['* 22']);
});

test('a group on the subnet has to let a packet in as well', async () => {
  const { networkSecurityGroups, subnets } = bench.network;
  const guard = await networkSecurityGroups.createOrUpdate('rg', 'subnet-fw', {
    location,
    securityRules: [ssh('some', 100, { sourceAddressPrefix: '192.0.2.0/24', destinationPortRange: '0-1000' })],
  });
  const subnet = await subnets.get('rg', 'net', 's');
  await subnets.createOrUpdate('rg', 'net', 's', { ...subnet, networkSecurityGroup: { id: guard.id ?? '' } });
  assert.deepEqual(open(), ['192.0.2.0/24 22']);
  await subnets.createOrUpdate('rg', 'net', 's', { ...subnet, networkSecurityGroup: undefined as never });
  assert.deepEqual(open(), ['* 22']);
});

test('a Standard public address without any group is closed to all but its network', async () => {
  const { networkInterfaces } = bench.network;
  const { networkSecurityGroup: _, ...bare } = await networkInterfaces.get('rg', 'nic');
  await networkInterfaces.createOrUpdate('rg', 'nic', bare as never);
  const [guest] = [...bench.guests.guests.values()];
  assert.deepEqual(
    guest?.rules.map(({ access, source }) => `${access} ${source}`),
    ['Allow 10.1.0.0/16', 'Allow fd00:1::/48'],
  );
});
