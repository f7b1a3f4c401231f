import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { location } from './build-machine.ts';
import { type NetworkBench, openNetworkBench } from './network-bench.ts';

let bench: NetworkBench;
before(async () => {
  bench = await openNetworkBench();
  await bench.makeNetwork('net', 1);
});
after(() => bench[Symbol.asyncDispose]());

const refusedNetwork = (addressPrefixes: string[], subnets: Subnet[] = [], more: Partial<VirtualNetwork> = {}) =>
  bench.refusal(
    bench.network.virtualNetworks.createOrUpdate('rg', 'tried', {
      location,
      addressSpace: { addressPrefixes },
      subnets,
      ...more,
    }),
  );
const refusedSubnet = (properties: Partial<Subnet>) =>
  bench.refusal(bench.network.subnets.createOrUpdate('rg', 'net', 'tried', properties));
const makeNic = (name: string, subnet: string) =>
  bench.network.networkInterfaces.createOrUpdate('rg', name, {
    location,
    ipConfigurations: [{ name: 'ip', subnet: { id: bench.id(`virtualNetworks/net/subnets/${subnet}`) } }],
  });

test('address spaces are CIDRs of either IP version beside each other', async () => {
  assert.equal(await refusedNetwork(['10.5.0.0/16', '10.6.0.0/16', 'fd00:5::/48']), 'accepted');
  assert.equal(await refusedNetwork(['10.5.0.0']), '400 InvalidAddressPrefixFormat');
  assert.equal(await refusedNetwork(['10.5.0.1/16']), '400 InvalidCIDRNotation');
  assert.equal(await refusedNetwork(['fd00:5::1/48']), '400 InvalidCIDRNotation');
  assert.equal(await refusedNetwork(['fd00:5::/48', 'fd00:5:0:1::/64']), '400 NetcfgAddressSpaceOverlap');
  assert.equal(await refusedNetwork([]), '400 InvalidRequestFormat');
});

test('subnets have ranges of their own, of sizes that Azure has', async () => {
  const space = ['10.5.0.0/16', 'fd00:5::/48'];
  const of = (...subnets: string[][]) =>
    refusedNetwork(
      space,
      subnets.map((addressPrefixes, index) => ({ name: `s${index}`, addressPrefixes })),
    );
  assert.equal(await of(['10.5.0.0/24', 'fd00:5::/64'], ['10.5.1.0/24', 'fd00:5:0:1::/64']), 'accepted');
  assert.equal(
    await of(['10.5.0.0/24', 'fd00:5::/64'], ['10.5.1.0/24', 'fd00:5::/64']),
    '400 NetcfgSubnetRangesOverlap',
  );
  assert.equal(await of(['10.5.0.0/24'], ['10.5.0.128/25']), '400 NetcfgSubnetRangesOverlap');
  for (const wrong of ['10.6.0.0/24', 'fd00:6::/64', '10.5.0.0/30', 'fd00:5::/80'])
    assert.equal(await of([wrong]), '400 NetcfgInvalidSubnet', wrong);
});

test('a subnet keeps what it names, and names only what is there', async () => {
  const { network, id } = bench;
  const routeTable = await network.routeTables.createOrUpdate('other', 'routes', {
    location,
    routes: [{ name: 'out', addressPrefix: '0.0.0.0/0', nextHopType: 'None' }],
  });
  const natGateway = await network.natGateways.createOrUpdate('rg', 'nat', { location, sku: { name: 'Standard' } });
  const guard = await network.networkSecurityGroups.createOrUpdate('other', 'guard', { location });
  const properties: Subnet = {
    addressPrefix: '10.1.1.0/24',
    defaultOutboundAccess: false,
    routeTable: { id: routeTable.id ?? '' },
    natGateway: { id: natGateway.id ?? '' },
    networkSecurityGroup: { id: guard.id ?? '' },
    serviceEndpoints: [{ service: 'Microsoft.Storage' }],
    privateEndpointNetworkPolicies: 'Enabled',
  };
  await network.subnets.createOrUpdate('rg', 'net', 'full', properties);
  const {
    routeTable: r,
    natGateway: n,
    networkSecurityGroup: g,
    ...rest
  } = await network.subnets.get('rg', 'net', 'full');
  assert.deepEqual([r?.id, n?.id, g?.id], [routeTable.id, natGateway.id, guard.id]);
  assert.equal(rest.defaultOutboundAccess, false);
  assert.equal(rest.privateEndpointNetworkPolicies, 'Enabled');
  assert.deepEqual(
    rest.serviceEndpoints?.map(({ service }) => service),
    ['Microsoft.Storage'],
  );
  const inUse = [network.routeTables.delete('other', 'routes'), network.natGateways.delete('rg', 'nat')];
  assert.deepEqual(await Promise.all(inUse.map(bench.refusal)), [
    '400 InUseRouteTableCannotBeDeleted',
    '400 InUseNatGatewayCannotBeDeleted',
  ]);
  for (const member of ['routeTable', 'natGateway', 'networkSecurityGroup']) {
    const wrong = { addressPrefix: '10.1.2.0/24', [member]: { id: id('somewhere/else') } };
    assert.equal(await refusedSubnet(wrong), '400 InvalidResourceReference', member);
  }
  assert.equal(
    await refusedSubnet({ addressPrefix: '10.1.2.0/24', sharingScope: 'Tenant' }),
    '501 SandboxNotImplemented',
  );
});

test('a delegated subnet takes no interfaces, and one with interfaces is not delegated', async () => {
  const { subnets } = bench.network;
  const delegations = [{ name: 'web', serviceName: 'Microsoft.Web/serverFarms' }];
  const made = await subnets.createOrUpdate('rg', 'net', 'given', { addressPrefix: '10.1.3.0/24', delegations });
  assert.deepEqual(
    made.delegations?.map(({ serviceName }) => serviceName),
    ['Microsoft.Web/serverFarms'],
  );
  assert.equal(await bench.refusal(makeNic('n', 'given')), '400 SubnetIsDelegatedAndCannotBeUsed');
  await makeNic('n', 's');
  const { addressPrefixes } = await subnets.get('rg', 'net', 's');
  const change = (properties: Subnet) => bench.refusal(subnets.createOrUpdate('rg', 'net', 's', properties));
  assert.equal(
    await change({ addressPrefixes: addressPrefixes ?? [], delegations }),
    '400 SubnetDelegationsCannotChangeWhenSubnetUsedByResource',
  );
  assert.equal(await change({ addressPrefixes: ['10.1.9.0/24'] }), '400 InUsePrefixCannotBeDeleted');
  assert.equal(await change({ addressPrefixes: ['10.1.0.0/25'] }), 'accepted');
});

test('a subnet is full when all but five of its addresses are taken', async () => {
  await bench.network.subnets.createOrUpdate('rg', 'net', 'small', { addressPrefix: '10.1.4.0/29' });
  for (const name of ['a', 'b', 'c']) await makeNic(name, 'small');
  assert.equal(await bench.refusal(makeNic('d', 'small')), '400 SubnetIsFull');
});

test('tags change by themselves', async () => {
  const tagged = await bench.network.virtualNetworks.updateTags('rg', 'net', { tags: { team: 'ours' } });
  assert.deepEqual(tagged.tags, { team: 'ours' });
  assert.equal(tagged.subnets?.length, 4);
});
