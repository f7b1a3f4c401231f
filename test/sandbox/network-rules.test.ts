import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  compute,
  interfaceBody,
  location,
  make,
  makeInterface,
  makeMachine,
  makeNetwork,
  network,
  refusal,
  securityRule,
} from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeMachine(arm, 'vm');
});
after(() => sandbox.stop());

const standard = (properties: Json = {}) => ({
  location,
  sku: { name: 'Standard' },
  properties: { publicIPAllocationMethod: 'Static', ...properties },
});

test('what is in use cannot be deleted', async () => {
  const expected = {
    'networkSecurityGroups/fw': 'InUseNetworkSecurityGroupCannotBeDeleted',
    'virtualNetworks/vnet': 'InUseSubnetCannotBeDeleted',
    'virtualNetworks/vnet/subnets/s': 'InUseSubnetCannotBeDeleted',
    'publicIPAddresses/vm-ip': 'PublicIPAddressCannotBeDeleted',
    'networkInterfaces/vm-nic': 'NicInUse',
  };
  for (const [path, code] of Object.entries(expected))
    assert.equal(await refusal(arm('DELETE', `${network}/${path}`)), `400 ${code}`);
  assert.equal(await refusal(arm('DELETE', `${compute}/disks/vm-disk`)), '409 OperationNotAllowed');
});

test('a network cannot be written without a subnet that is in use', async () => {
  const body = { location, properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [] } };
  assert.equal(await refusal(arm('PUT', `${network}/virtualNetworks/vnet`, body)), '400 InUseSubnetCannotBeDeleted');
});

test('subnets must lie in the network and beside each other', async () => {
  const put = (subnets: readonly [string, string][]) =>
    refusal(
      arm('PUT', `${network}/virtualNetworks/other`, {
        location,
        properties: {
          addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
          subnets: subnets.map(([name, addressPrefix]) => ({ name, properties: { addressPrefix } })),
        },
      }),
    );
  assert.equal(await put([['a', '10.2.0.0/24']]), '400 NetcfgInvalidSubnet');
  const overlapping: [string, string][] = [
    ['a', '10.1.0.0/24'],
    ['b', '10.1.0.128/25'],
  ];
  assert.equal(await put(overlapping), '400 NetcfgSubnetRangesOverlap');
});

test('a subnet is added by its own PUT and keeps the others', async () => {
  const path = `${network}/virtualNetworks/vnet`;
  await make(arm, `${path}/subnets/t`, { properties: { addressPrefix: '10.0.1.0/24', defaultOutboundAccess: false } });
  const { body } = await arm('GET', path);
  assert.deepEqual(
    body.properties.subnets.map((subnet: Json) => [subnet.name, subnet.properties.defaultOutboundAccess]),
    [
      ['s', undefined],
      ['t', false],
    ],
  );
  assert.match(body.properties.subnets[0].properties.ipConfigurations[0].id, /vm-nic\/ipConfigurations\/ip$/);
});

test('Basic public addresses are gone, and Standard ones must be static', async () => {
  const path = `${network}/publicIPAddresses/x`;
  const basic = { ...standard(), sku: { name: 'Basic' } };
  assert.equal(await refusal(arm('PUT', path, basic)), '400 IPv4BasicSkuPublicIpCountLimitReached');
  const { sku: _sku, ...unnamed } = standard();
  assert.equal(await refusal(arm('PUT', path, unnamed)), '400 IPv4BasicSkuPublicIpCountLimitReached');
  const dynamic = standard({ publicIPAllocationMethod: 'Dynamic' });
  assert.equal(await refusal(arm('PUT', path, dynamic)), '400 StandardSkuPublicIPAddressesMustBeStatic');
});

test('a DNS label belongs to one address of a region', async () => {
  const check = async (label: string) => {
    const path = '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability';
    return (await arm('GET', `${path}?domainNameLabel=${label}`)).body;
  };
  const labelled = standard({ dnsSettings: { domainNameLabel: 'my-label' } });
  assert.deepEqual(await check('my-label'), { available: true });
  await make(arm, `${network}/publicIPAddresses/one`, labelled);
  assert.deepEqual(await check('my-label'), { available: false });
  assert.equal(await refusal(arm('PUT', `${network}/publicIPAddresses/two`, labelled)), '400 DnsRecordInUse');
  assert.equal((await check('-bad')).error.code, 'InvalidDomainNameLabel');
});

test('an interface names only what exists, and an address belongs to one interface', async () => {
  const missing = interfaceBody(arm, 'nobody');
  const path = `${network}/networkInterfaces/n`;
  assert.equal(await refusal(arm('PUT', path, missing)), '400 InvalidResourceReference');
  assert.equal(await refusal(arm('PUT', path, interfaceBody(arm, 'vm'))), '400 PublicIPAddressInUse');
});

test('private addresses are given from the fourth on, and a static one must be free', async () => {
  await makeInterface(arm, 'second');
  const at = `${network}/networkInterfaces/second-nic`;
  assert.equal((await arm('GET', at)).body.properties.ipConfigurations[0].properties.privateIPAddress, '10.0.0.5');
  const body = interfaceBody(arm, 'second');
  const wish = (privateIPAddress: string) => {
    Object.assign(body.properties.ipConfigurations[0].properties, {
      privateIPAddress,
      privateIPAllocationMethod: 'Static',
    });
    return arm('PUT', at, body);
  };
  assert.equal(await refusal(wish('10.0.0.4')), '400 PrivateIPAddressInUse');
  assert.equal(await refusal(wish('10.9.0.4')), '400 PrivateIPAddressNotInSubnet');
});

test('rules of a security group are checked', async () => {
  const put = (...rules: Json[]) =>
    refusal(arm('PUT', `${network}/networkSecurityGroups/x`, { location, properties: { securityRules: rules } }));
  assert.equal(await put(securityRule('a', 99)), '400 SecurityRuleInvalidPriority');
  assert.equal(await put(securityRule('a', 100), securityRule('b', 100)), '400 SecurityRuleConflict');
  assert.equal(
    await put(securityRule('a', 100, { destinationPortRange: '70000' })),
    '400 SecurityRuleInvalidPortRange',
  );
  assert.equal(
    await put(securityRule('a', 100, { sourceAddressPrefix: '10.0.0.0/40' })),
    '400 SecurityRuleInvalidAddressPrefix',
  );
});

test('a rule that is added or taken away reaches the guests that run behind the group', async () => {
  const open = () =>
    [...guests.guests.values()][0]?.rules
      .filter(({ access, protocol }) => access === 'Allow' && protocol === 'tcp')
      .map(({ fromPort }) => fromPort);
  assert.deepEqual(open(), [22]);
  const path = `${network}/networkSecurityGroups/fw/securityRules/docker`;
  await make(arm, path, { properties: securityRule('docker', 110, { destinationPortRange: '2376' }).properties });
  assert.deepEqual(open(), [22, 2376]);
  await make(arm, `${network}/networkSecurityGroups/fw`, {
    location,
    properties: { securityRules: [securityRule('docker', 110, { destinationPortRange: '2376' })] },
  });
  assert.deepEqual(open(), [2376]);
  const { body } = await arm('GET', `${network}/networkSecurityGroups/fw`);
  assert.equal(body.properties.defaultSecurityRules.length, 6);
  assert.match(body.properties.networkInterfaces[0].id, /vm-nic$/);
});

test('an etag that is not the current one is refused', async () => {
  const path = `${network}/networkSecurityGroups/fw`;
  const { headers } = await arm('GET', path);
  assert.match(String(headers.etag), /^W\/"/);
  assert.equal(await refusal(arm('PUT', path, { location }, { 'if-match': '"other"' })), '412 PreconditionFailed');
  assert.equal(await refusal(arm('PUT', path, { location }, { 'if-none-match': '*' })), '412 PreconditionFailed');
  const { status } = await arm('PUT', path, { location }, { 'if-match': String(headers.etag) });
  assert.equal(status, 200);
});

test('a resource stays where it is, and only known places are places', async () => {
  const path = `${network}/networkSecurityGroups/fw`;
  assert.equal(await refusal(arm('PUT', path, { location: 'eastus' })), '409 InvalidResourceLocation');
  assert.equal(await refusal(arm('PUT', path, { location: 'moon' })), '400 LocationNotAvailableForResourceType');
  assert.equal(
    await refusal(arm('PUT', '/resourcegroups/rg', { location: 'eastus' })),
    '409 InvalidResourceGroupLocation',
  );
});

test('a member that Azure does not know is refused, wherever it stands', async () => {
  const at = `${network}/networkSecurityGroups/new`;
  const answer = await arm('PUT', at, {
    location,
    properties: { securityRules: [securityRule('a', 100, { colour: 1 })] },
  });
  assert.equal(`${answer.status} ${answer.body.error.code}`, '400 InvalidRequestFormat');
  assert.match(answer.body.error.message, /'colour'.*properties\.securityRules\[0\]\.properties\.colour/);
  assert.equal(await refusal(arm('PUT', '/resourcegroups/x', { location, tag: {} })), '400 InvalidRequestContent');
});

test('an answer can be sent back as a request', async () => {
  for (const path of [
    'networkSecurityGroups/fw',
    'virtualNetworks/vnet',
    'publicIPAddresses/one',
    'networkInterfaces/vm-nic',
  ]) {
    const { body } = await arm('GET', `${network}/${path}`);
    await make(arm, `${network}/${path}`, body);
  }
});
