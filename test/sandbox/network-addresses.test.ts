import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PublicIPAddress } from '@azure/arm-network';
import { listed, type NetworkBench, openNetworkBench } from './network-bench.ts';

let bench: NetworkBench;
before(async () => {
  bench = await openNetworkBench();
});
after(() => bench[Symbol.asyncDispose]());

const refused = (more: Partial<PublicIPAddress>, name = 'tried') => bench.refusal(bench.makeAddress(name, more));

test('an IPv6 address is Standard and static, and stays IPv6', async () => {
  const { ipAddress, publicIPAddressVersion } = await bench.makeAddress('six', { publicIPAddressVersion: 'IPv6' });
  assert.match(ipAddress ?? '', /^2001:db8::/);
  assert.equal(publicIPAddressVersion, 'IPv6');
  const six: Partial<PublicIPAddress> = { publicIPAddressVersion: 'IPv6' };
  assert.equal(
    await refused({ ...six, publicIPAllocationMethod: 'Dynamic' }),
    '400 StandardSkuPublicIPAddressesMustBeStatic',
  );
  assert.equal(await refused({ ...six, sku: { name: 'Basic' } }), '400 IPv6BasicSkuPublicIpCountLimitReached');
  assert.equal(await refused({}, 'six'), '400 PublicIPAddressVersionCannotBeChanged');
});

test('an address is in one zone of its region, in all, or in none, for good', async () => {
  const { zones } = await bench.makeAddress('zonal', { zones: ['2'] });
  assert.deepEqual(zones, ['2']);
  assert.equal(await refused({ zones: ['1', '2', '3'] }, 'redundant'), 'accepted');
  assert.equal(await refused({ zones: ['4'] }, 'x'), '400 InvalidAvailabilityZone');
  assert.equal(await refused({ zones: ['1', '2'] }, 'x'), '400 ResourceCannotHaveMultipleZonesSpecified');
  assert.equal(await refused({ zones: ['1'], location: 'westus' }, 'x'), '400 InvalidAvailabilityZone');
  assert.equal(await refused({ zones: ['1'] }, 'zonal'), '400 ResourceAvailabilityZonesCannotBeModified');
  assert.equal(await refused({}, 'zonal'), '400 ResourceAvailabilityZonesCannotBeModified');
});

test('a label makes a name in the region, and with a scope one that nobody else can take over', async () => {
  const label = (domainNameLabel: string, domainNameLabelScope?: string) =>
    ({
      dnsSettings: { domainNameLabel, ...(domainNameLabelScope ? { domainNameLabelScope } : {}) },
    }) as PublicIPAddress;
  const { dnsSettings } = await bench.makeAddress('plain', label('ours'));
  assert.equal(dnsSettings?.fqdn, 'ours.westeurope.cloudapp.azure.com');
  assert.equal(await refused(label('ours')), '400 DnsRecordInUse');
  assert.equal(await refused(label('Ours')), '400 InvalidDomainNameLabel');
  const scoped = await bench.makeAddress('scoped', label('ours', 'TenantReuse'));
  assert.match(scoped.dnsSettings?.fqdn ?? '', /^ours\.[0-9a-f]{16}\.westeurope\.cloudapp\.azure\.com$/);
  assert.equal(await refused(label('ours', 'TenantReuse')), '400 DnsRecordInUse');
  assert.equal(await refused(label('ours', 'Whatever')), '400 InvalidRequestFormat');
  const { network } = bench;
  assert.equal((await network.checkDnsNameAvailability('westeurope', 'ours')).available, false);
  assert.equal((await network.checkDnsNameAvailability('northeurope', 'ours')).available, true);
});

test('what the sandbox does not play is refused and not dropped', async () => {
  assert.equal(
    await refused({ ipTags: [{ ipTagType: 'RoutingPreference', tag: 'Internet' }] }),
    '501 SandboxNotImplemented',
  );
  assert.equal(await refused({ publicIPPrefix: { id: bench.id('publicIPPrefixes/p') } }), '501 SandboxNotImplemented');
  assert.equal(await refused({ sku: { name: 'Standard', tier: 'Global' } }), '501 SandboxNotImplemented');
  assert.equal(await refused({ idleTimeoutInMinutes: 31 }), '400 InvalidIdleTimeoutInMinutes');
  assert.equal(await refused({}, '-x'), '400 InvalidResourceName');
});

test('a region has room for so many addresses, and its usage says how many there are', async () => {
  const there = { location: 'norwayeast' };
  const usage = async (wanted: string) => {
    const all = await listed(bench.network.usages.list('norwayeast'));
    const found = all.find(({ name }) => name?.value === wanted);
    return [found?.currentValue, found?.limit].map(Number);
  };
  for (const name of ['n1', 'n2']) await bench.makeAddress(name, there);
  assert.equal(await refused(there, 'n3'), '400 IPv4StandardSkuPublicIpCountLimitReached');
  await bench.makeAddress('n3', { ...there, publicIPAddressVersion: 'IPv6' });
  assert.equal(await refused({ ...there, publicIPAddressVersion: 'IPv6' }, 'n4'), '400 PublicIPCountLimitReached');
  assert.deepEqual(await usage('IPv4StandardSkuPublicIpAddresses'), [2, 2]);
  assert.deepEqual(await usage('PublicIPAddresses'), [3, 3]);
  await bench.network.publicIPAddresses.delete('rg', 'n1');
  assert.deepEqual(await usage('StandardSkuPublicIpAddresses'), [2, 3]);
  await bench.makeAddress('n1', there);
});
