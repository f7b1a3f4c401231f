import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAligned, overlaps, parseRange, rangeText } from '../../../src/drivers/azure/ip-range.ts';
import { azureNames } from '../../../src/drivers/azure/naming.ts';
import { freeIpv6Subnet, networkIpv6Prefix } from '../../../src/drivers/azure/network-ipv6.ts';
import { type AzureOptionValues, azureOptions, unsetOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { RecordError } from '../../../src/errors/record-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

const VNET = '/subscriptions/s/resourceGroups/Corp/providers/Microsoft.Network/virtualNetworks/hub';
const NSG = '/subscriptions/s/resourceGroups/Corp/providers/Microsoft.Network/networkSecurityGroups/guard';
const names = (values: AzureOptionValues) =>
  azureNames({ ...unsetOptions, ...azureOptions(values).options, machine: 'dev', subscriptionId: 's' });

const refused: readonly (readonly [flag: string, values: AzureOptionValues])[] = [
  ['--azure-vnet', { virtualNetwork: 'a:b:c' }],
  ['--azure-vnet', { virtualNetwork: '_net' }],
  ['--azure-vnet', { virtualNetwork: NSG }],
  ['--azure-subnet', { subnet: VNET }],
  ['--azure-subnet', { subnet: 'two words' }],
  ['--azure-subnet', { subnet: `${VNET}/subnets/x`, virtualNetwork: 'other' }],
  ['--azure-subnet-prefix', { subnetPrefix: '10.1.0.7/16' }],
  ['--azure-subnet-prefix', { subnetPrefix: '10.1.0.0/30' }],
  ['--azure-subnet-prefix', { subnetPrefix: 'fd00::/64' }],
  ['--azure-private-ip-address', { privateIpAddress: '10.0.0.256' }],
  ['--azure-dns', { dnsLabel: 'Dev' }],
  ['--azure-dns', { dnsLabel: 'dev', noPublicIp: true }],
  ['--azure-nsg', { securityGroup: VNET }],
  ['--azure-nsg', { securityGroup: 'group:' }],
  ['--azure-allow-from', { allowFrom: ['10.0.0.1/8'] }],
  ['--azure-allow-from', { allowFrom: ['*'], securityGroup: 'guard' }],
  ['--azure-open-port', { openPorts: ['80'], securityGroup: 'guard' }],
  ['--azure-tag', { tags: { 'a/b': 'c' } }],
  ['--azure-tag', { tags: { a: 'x'.repeat(257) } }],
  ['--azure-tag', { tags: { ['x'.repeat(513)]: 'c' } }],
  ['--azure-tag', { tags: { Team: 'a', team: 'b' } }],
  ['--azure-tag', { tags: { 'Azdock-Id': 'mine' } }],
  ['--azure-tag', { tags: Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`t${at}`, ''])) }],
];
for (const [flag, values] of refused)
  test(`${flag} refuses ${JSON.stringify(values).slice(0, 90)}`, () => {
    assert.throws(
      () => azureOptions(values),
      (error: unknown) => error instanceof UsageError && error.resource === flag,
    );
  });

test('network, subnet and security group can be named by their ids, also in another group', () => {
  const byVnet = names({ virtualNetwork: VNET, subnet: 'inner' });
  assert.deepEqual([byVnet.vnetGroup, byVnet.vnet, byVnet.ids.subnet], ['Corp', 'hub', `${VNET}/subnets/inner`]);
  assert.deepEqual([byVnet.place.vnet.byId, byVnet.place.byId], [true, false]);
  const bySubnet = names({ subnet: `${VNET}/subnets/inner`, securityGroup: NSG });
  assert.deepEqual([bySubnet.vnetGroup, bySubnet.vnet, bySubnet.subnet], ['Corp', 'hub', 'inner']);
  assert.equal(bySubnet.ids.securityGroup, NSG);
  assert.equal(names({ securityGroup: 'Corp:guard' }).ids.securityGroup, NSG);
  assert.match(names({}).ids.securityGroup, /docker-machine\/.*\/dev-firewall$/);
});

test('a record that names no network is told as such', () => {
  const broken = { ...unsetOptions, virtualNetwork: 'a:b:c', machine: 'dev', subscriptionId: 's' };
  assert.throws(() => azureNames(broken), RecordError);
});

test('addresses and blocks of both families are read, compared and written', () => {
  assert.equal(rangeText(parseRange('10.0.0.255/24') ?? assert.fail()), '10.0.0.0/24');
  assert.equal(rangeText(parseRange('2001:DB8:0:0::1') ?? assert.fail()), '2001:db8::1');
  assert.equal(rangeText(parseRange('::/0') ?? assert.fail()), '::/0');
  assert.equal(rangeText(parseRange('::ffff:10.0.0.1') ?? assert.fail()), '::ffff:a00:1');
  for (const text of ['10.0.0', '10.0.0.0/', '10.0.0.0/24/1', 'fe80::1%eth0', ''])
    assert.equal(parseRange(text), undefined);
  assert.ok(isAligned('10.0.0.0/24'));
  assert.ok(!isAligned('10.0.0.1/24'));
  const [all, v6] = [parseRange('0.0.0.0/0'), parseRange('::/0')];
  assert.ok(all && v6 && !overlaps(all, v6));
});

test('a new network gets unique local addresses, always the same, and each subnet a block of its own', () => {
  const prefix = networkIpv6Prefix(VNET);
  assert.match(prefix, /^fd[0-9a-f]{2}:.*\/48$/);
  assert.equal(networkIpv6Prefix(VNET.toUpperCase()), prefix);
  const first = freeIpv6Subnet(['10.0.0.0/8', prefix], ['10.0.0.0/24']);
  assert.equal(first, prefix.replace('/48', '/64'));
  const second = freeIpv6Subnet([prefix], [first ?? '']);
  assert.match(second ?? '', /:1::\/64$/);
  assert.equal(freeIpv6Subnet(['fd00:1::/64'], ['fd00:1::/64']), undefined);
  assert.equal(freeIpv6Subnet(['10.0.0.0/8'], []), undefined);
});
