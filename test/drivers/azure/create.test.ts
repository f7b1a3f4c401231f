import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { ArmError } from '../../../src/errors/arm-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { runSteps } from '../../../src/steps/run-steps.ts';
import { echoAzure } from './echo-azure.ts';
import { creation, memoryJournal } from './memory-journal.ts';
import { type Answer, type Call, dependencies } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
const image = {
  properties: { hyperVGeneration: 'V2', features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] },
};

async function create(values: AzureOptionValues = {}, instead: (call: Call) => Answer | undefined = () => undefined) {
  const journal = memoryJournal();
  const late: string[] = [];
  const azure = echoAzure((call) => {
    if (call.path.endsWith('/versions')) return { status: 200, body: [{ name: '24.04.1', location: 'x' }] };
    if (call.path.includes('/artifacttypes/')) return { status: 200, body: image };
    const wanted = call.path.toLowerCase();
    if (call.method === 'PUT' && !journal.intended.includes(wanted)) late.push(call.path);
    return instead(call);
  });
  const { options } = azureOptions({ ...login, ...values });
  const driver = createAzureDriver({
    name: 'dev',
    id: 'id-1',
    options,
    dependencies: dependencies({ httpClient: azure.httpClient }),
  });
  const context = creation('dev', 'id-1', journal);
  const signal = new AbortController().signal;
  await runSteps({ steps: driver.creationSteps(), context, progress: silentProgress, signal });
  const puts = azure.calls
    .filter(({ method }) => method === 'PUT')
    .map(({ path, body }) => ({ path, body: JSON.parse(body) }));
  return { driver, context, journal, azure, late, puts };
}

test('every id is in the journal before the request that makes the resource', async () => {
  const { late, journal, puts } = await create({ availabilitySet: 'set' });
  assert.deepEqual(late, []);
  assert.equal(puts.length, 7);
  assert.ok(journal.ownsResourceGroup);
  assert.equal(journal.entries.filter(({ shared }) => shared).length, 4);
  assert.ok(journal.entries.some(({ id }) => id.endsWith('/disks/dev-os-disk')));
});

test("every request that makes a resource carries the machine's tags, or only the shared one", async () => {
  const { puts } = await create({ availabilitySet: 'set' });
  for (const { path, body } of puts) {
    const isShared = /virtualNetworks|availabilitySets|resourceGroups\/[^/]+$/i.test(path);
    assert.deepEqual(
      body.tags,
      isShared ? { 'azdock-shared': 'true' } : { 'azdock-machine': 'dev', 'azdock-id': 'id-1' },
      path,
    );
  }
});

test('the VM takes its disk and NIC along when it goes, has no password, and starts trusted', async () => {
  const { puts } = await create({ diskSizeGiB: 64 });
  const { properties } = puts.find(({ path }) => path.endsWith('/virtualMachines/dev'))?.body ?? {};
  assert.equal(properties.storageProfile.osDisk.deleteOption, 'Delete');
  assert.equal(properties.storageProfile.osDisk.diskSizeGB, 64);
  assert.equal(properties.networkProfile.networkInterfaces[0].properties.deleteOption, 'Delete');
  assert.equal(properties.osProfile.linuxConfiguration.disablePasswordAuthentication, true);
  assert.equal(properties.osProfile.adminPassword, undefined);
  assert.equal(properties.securityProfile.securityType, 'TrustedLaunch');
  const nic = puts.find(({ path }) => path.endsWith('/networkInterfaces/dev-nic'))?.body;
  assert.equal(nic.properties.ipConfigurations[0].properties.publicIPAddress.properties.deleteOption, 'Delete');
});

test('a size without Trusted Launch is asked for without it', async () => {
  const { puts } = await create({ size: 'Standard_D2_v2' });
  assert.equal(
    puts.find(({ path }) => path.endsWith('/virtualMachines/dev'))?.body.properties.securityProfile,
    undefined,
  );
});

test('the address is the public IP, and the private one is known besides', async () => {
  const { context } = await create();
  assert.equal(context.address, '20.103.9.4');
  assert.deepEqual(context.alternativeAddresses, ['192.168.0.4']);
});

test('without a public IP none is made, and the private address is the address', async () => {
  const { context, puts } = await create({ noPublicIp: true });
  assert.equal(context.address, '192.168.0.4');
  assert.ok(!puts.some(({ path }) => path.includes('publicIPAddresses')));
  const vnet = puts.find(({ path }) => path.endsWith('/virtualNetworks/docker-machine-vnet'));
  assert.equal(vnet?.body.properties.subnets[0].properties.defaultOutboundAccess, true);
});

test('an existing network is never written over; an absent subnet is added to it', async () => {
  const { puts, journal } = await create({ subnet: 'mine' }, ({ method, path }) =>
    method === 'GET' && path.endsWith('/virtualNetworks/docker-machine-vnet')
      ? { status: 200, body: { name: 'docker-machine-vnet', properties: { subnets: [{ name: 'other' }] } } }
      : undefined,
  );
  assert.deepEqual(
    puts.filter(({ path }) => path.includes('virtualNetworks')).map(({ path }) => path.split('/').slice(-2).join('/')),
    ['subnets/mine'],
  );
  assert.ok(!journal.entries.some(({ id }) => id.endsWith('/virtualNetworks/docker-machine-vnet')));
});

test('an existing group is used as it is, and not owned', async () => {
  const { puts, journal } = await create({}, ({ method, path }) =>
    method === 'GET' && /\/resourceGroups\/[^/]+$/i.test(path)
      ? { status: 200, body: { name: 'docker-machine' } }
      : undefined,
  );
  assert.ok(!puts.some(({ path }) => /\/resourceGroups\/[^/]+$/i.test(path)));
  assert.equal(journal.ownsResourceGroup, false);
});

test('a subnet that another removal took away between look and use is made again', async () => {
  let refused = 0;
  const { puts } = await create({}, ({ method, path }) => {
    if (method !== 'PUT' || !path.includes('networkInterfaces') || refused > 0) return undefined;
    refused += 1;
    return { status: 400, body: { error: { code: 'InvalidResourceReference', message: 'The subnet was not found.' } } };
  });
  assert.equal(refused, 1);
  assert.equal(puts.filter(({ path }) => path.includes('networkInterfaces')).length, 2);
});

test('a group that another removal deletes meanwhile is waited out and made anew', async () => {
  let gone = 0;
  const { puts } = await create({}, ({ method, path }) => {
    if (method !== 'PUT' || !path.includes('networkSecurityGroups') || gone > 0) return undefined;
    gone += 1;
    return { status: 409, body: { error: { code: 'ResourceGroupBeingDeleted', message: 'Deleting.' } } };
  });
  assert.equal(puts.filter(({ path }) => path.includes('networkSecurityGroups')).length, 2);
});

test('what Azure refuses for good ends the creation at once', async () => {
  let asked = 0;
  const made = create({}, ({ method, path }) => {
    if (method !== 'PUT' || !path.includes('networkSecurityGroups')) return undefined;
    asked += 1;
    return { status: 403, body: { error: { code: 'RequestDisallowedByPolicy', message: 'No.' } } };
  });
  await assert.rejects(made, (error: unknown) => error instanceof ArmError && error.kind === 'policy');
  assert.equal(asked, 1);
});
