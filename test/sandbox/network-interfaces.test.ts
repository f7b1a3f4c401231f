import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { NetworkInterface } from '@azure/arm-network';
import { location, machineBody, refusal } from './build-machine.ts';
import { type IpConfiguration, type NetworkBench, openNetworkBench } from './network-bench.ts';

let bench: NetworkBench;
before(async () => {
  bench = await openNetworkBench();
  await bench.makeNetwork('net', 1);
  await bench.network.subnets.createOrUpdate('rg', 'net', 'four', { addressPrefix: '10.1.7.0/24' });
  await bench.makeAddress('ip4');
  await bench.makeAddress('ip6', { publicIPAddressVersion: 'IPv6' });
});
after(() => bench[Symbol.asyncDispose]());

const put = (name: string, ipConfigurations: IpConfiguration[], more: Partial<NetworkInterface> = {}) =>
  bench.network.networkInterfaces.createOrUpdate('rg', name, { location, ipConfigurations, ...more });
const refused = (ipConfigurations: IpConfiguration[], more: Partial<NetworkInterface> = {}) =>
  bench.refusal(put('tried', ipConfigurations, more));
const ip = (name: string, more: Partial<IpConfiguration> = {}): IpConfiguration => ({
  name,
  subnet: { id: bench.id('virtualNetworks/net/subnets/s') },
  ...more,
});
const fixed = (privateIPAddress: string, more: Partial<IpConfiguration> = {}) =>
  ip('ip', { privateIPAllocationMethod: 'Static', privateIPAddress, ...more });
const six = (more: Partial<IpConfiguration> = {}) => ip('six', { privateIPAddressVersion: 'IPv6', ...more });
const four = (more: Partial<IpConfiguration> = {}) => ip('four', { primary: true, ...more });
const publicIPAddress = (name: string) => ({ publicIPAddress: { id: bench.id(`publicIPAddresses/${name}`) } });

test('an interface has an IPv4 configuration and may have one of IPv6, which its guest has too', async () => {
  const made = await put('dual', [four(publicIPAddress('ip4')), six(publicIPAddress('ip6'))]);
  assert.deepEqual(
    made.ipConfigurations?.map((one) => [one.privateIPAddressVersion, one.privateIPAddress, one.primary]),
    [
      ['IPv4', '10.1.0.4', true],
      ['IPv6', 'fd00:1::4', false],
    ],
  );
  await bench.makeMachine('vm', 'dual');
  const [guest] = [...bench.guests.guests.values()];
  const { privateAddress, privateIpv6Address, publicIpv6Address } = guest?.spec ?? {};
  assert.deepEqual([privateAddress, privateIpv6Address], ['10.1.0.4', 'fd00:1::4']);
  const address = await bench.network.publicIPAddresses.get('rg', 'ip6');
  assert.equal(publicIpv6Address, address.ipAddress);
  assert.match(address.ipConfiguration?.id ?? '', /dual\/ipConfigurations\/six$/);
});

test('which configurations go together is checked', async () => {
  assert.equal(await refused([]), '400 NetworkInterfaceMustHaveIpConfigurationOrAttachedElasticNetworkInterface');
  assert.equal(await refused([six()]), '400 PrimaryIpConfigurationMustBeIPv4');
  assert.equal(await refused([ip('a'), ip('b')]), '400 PrimaryIpConfigurationNotSpecified');
  assert.equal(await refused([four(), ip('b', { primary: true })]), '400 MoreThanOnePrimaryIpConfiguration');
  assert.equal(await refused([four(), six(), { ...six(), name: 'seven' }]), '400 MoreThanOneIPv6IpConfiguration');
  const elsewhere = { subnet: { id: bench.id('virtualNetworks/net/subnets/four') } };
  assert.equal(await refused([four(), six(elsewhere)]), '400 IpConfigurationsOnSameNicCannotUseDifferentSubnets');
  assert.equal(await refused([four(elsewhere), six(elsewhere)]), '400 NetcfgInvalidSubnet');
  assert.equal(await refused([{ name: 'ip', primary: true }]), '400 SubnetIsRequired');
});

test('a public address has the IP version of its configuration, and one user', async () => {
  await bench.makeAddress('free4');
  await bench.makeAddress('free6', { publicIPAddressVersion: 'IPv6' });
  const mismatch = '400 IPVersionForPublicIpAndNicIpConfigurationMustMatch';
  assert.equal(await refused([ip('ip', publicIPAddress('free6'))]), mismatch);
  assert.equal(await refused([four(), six(publicIPAddress('free4'))]), mismatch);
  assert.equal(await refused([ip('ip', publicIPAddress('ip4'))]), '400 PublicIPAddressInUse');
  assert.equal(
    await refused([four(publicIPAddress('free4')), ip('b', publicIPAddress('free4'))]),
    '400 PublicIPAddressInUse',
  );
});

test('static private addresses are of the subnet, not reserved, and free', async () => {
  const made = await put(
    'static',
    [
      fixed('10.1.0.77'),
      six({ privateIPAllocationMethod: 'Static', privateIPAddress: 'fd00:1:0:0::77', primary: false }),
    ].map((one, index) => ({ ...one, primary: index === 0 })),
  );
  assert.deepEqual(
    made.ipConfigurations?.map((one) => one.privateIPAddress),
    ['10.1.0.77', 'fd00:1::77'],
  );
  assert.equal(await refused([fixed('10.1.0.77')]), '400 PrivateIPAddressInUse');
  assert.equal(await refused([fixed('10.1.1.77')]), '400 PrivateIPAddressNotInSubnet');
  for (const reserved of ['10.1.0.0', '10.1.0.3', '10.1.0.255'])
    assert.equal(await refused([fixed(reserved)]), '400 PrivateIPAddressInReservedRange', reserved);
  assert.equal(await refused([fixed('10.1.0')]), '400 InvalidIPAddressFormat');
  const dynamic = await put('static', [ip('ip')]);
  assert.equal(dynamic.ipConfigurations?.[0]?.privateIPAddress, '10.1.0.77', 'it keeps the address that it had');
});

test('names, options and tags are kept, and what is not played is refused', async () => {
  const options = { enableIPForwarding: true, dnsSettings: { internalDnsNameLabel: 'box', dnsServers: ['10.1.0.9'] } };
  const made = await put('named', [ip('ip')], options);
  assert.equal(made.enableIPForwarding, true);
  assert.match(made.dnsSettings?.internalFqdn ?? '', /^box\.\w+\.ax\.internal\.cloudapp\.net$/);
  assert.equal(await refused([ip('ip')], options), '400 InternalDnsNameLabelInUse');
  const tagged = await bench.network.networkInterfaces.updateTags('rg', 'named', { tags: { a: 'b' } });
  assert.deepEqual([tagged.tags, tagged.enableIPForwarding], [{ a: 'b' }, true]);
  const group = { applicationSecurityGroups: [{ id: bench.id('applicationSecurityGroups/a') }] };
  assert.equal(await refused([ip('ip', group)]), '501 SandboxNotImplemented');
  const guard = (id: string) => refused([ip('ip')], { networkSecurityGroup: { id } });
  assert.equal(await guard(bench.id('networkSecurityGroups/none')), '400 InvalidResourceReference');
  await bench.network.networkSecurityGroups.createOrUpdate('rg', 'far', { location: 'eastus' });
  assert.equal(await guard(bench.id('networkSecurityGroups/far')), '400 InvalidResourceReference');
});

test('accelerated networking is for sizes that have it', async () => {
  await put('fast', [ip('ip')], { enableAcceleratedNetworking: true });
  const body = (vmSize: string) => {
    const made = machineBody(bench.arm, 'fast');
    made.properties.networkProfile.networkInterfaces[0].id = bench.id('networkInterfaces/fast');
    return { ...made, properties: { ...made.properties, hardwareProfile: { vmSize } } };
  };
  const path = '/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/fast';
  assert.equal(
    await refusal(bench.arm('PUT', path, body('Standard_B1s'))),
    '400 VMSizeIsNotPermittedToEnableAcceleratedNetworking',
  );
  assert.equal((await bench.arm('PUT', path, body('Standard_D2s_v5'))).status, 201);
});
