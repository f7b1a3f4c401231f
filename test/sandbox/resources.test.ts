import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { azureClients } from './azure-clients.ts';
import { compute, interfaceBody, location, make, makeMachine, makeNetwork, network, refusal } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, finish, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeMachine(arm, 'vm', { tags: { 'azdock-machine': 'it’s', id: '1' } });
});
after(() => sandbox.stop());

const list = async (filter: string, at = ''): Promise<string[]> => {
  const answer = await arm('GET', `${at}/resources?$filter=${encodeURIComponent(filter)}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.value.map(({ name }: Json) => name);
};

test('resources are found by tag, by tag and value, and by type', async () => {
  assert.deepEqual(await list("tagName eq 'AZDOCK-machine'"), ['vm-disk', 'vm']);
  assert.deepEqual(await list("tagName eq 'id' and tagValue eq '1'"), ['vm-disk', 'vm']);
  assert.deepEqual(await list("tagName eq 'id' and tagValue eq '2'"), []);
  assert.deepEqual(await list("resourceType eq 'microsoft.network/networkInterfaces'"), ['vm-nic']);
  assert.deepEqual(await list("resourceType eq 'Microsoft.Compute/disks'", '/resourceGroups/rg'), ['vm-disk']);
  const odd = `/resources?$filter=${encodeURIComponent("name eq 'vm'")}`;
  assert.equal(await refusal(arm('GET', odd)), '400 InvalidFilterInQueryString');
});

test('a list by tag and value leaves the tags out, and every list tells the time of creation when asked', async () => {
  const first = async (query: string): Promise<Json> => (await arm('GET', `/resources?${query}`)).body.value[0];
  const name = encodeURIComponent("tagName eq 'id'");
  const value = encodeURIComponent("tagName eq 'id' and tagValue eq '1'");
  assert.equal((await first(`$filter=${name}`)).tags.id, '1');
  assert.equal('tags' in (await first(`$filter=${value}`)), false);
  assert.equal('createdTime' in (await first(`$filter=${name}`)), false);
  assert.ok(Date.parse((await first(`$filter=${name}&$expand=createdTime`)).createdTime) > 0);
});

test('a group whose resources are used from another cannot be deleted', async () => {
  await make(arm, '/resourcegroups/other', { location });
  const path = '/resourceGroups/other/providers/Microsoft.Network/networkInterfaces/guest';
  const body = interfaceBody(arm, 'vm');
  delete body.properties.ipConfigurations[0].properties.publicIPAddress;
  await make(arm, path, body);
  const blocked = await finish(arm, await arm('DELETE', '/resourcegroups/rg'));
  assert.equal(`${blocked.status} ${blocked.body.error.code}`, '409 ResourceGroupDeletionBlocked');
  assert.equal(guests.guests.size, 1);
  await finish(arm, await arm('DELETE', '/resourcegroups/other'));
});

test('a group takes all that is in it along, guests and addresses too', async () => {
  const end = await finish(arm, await arm('DELETE', '/resourcegroups/rg'));
  assert.equal(end.status, 200);
  assert.deepEqual(await list(''), []);
  assert.deepEqual([guests.guests.size, guests.addresses.size], [0, 0]);
});

test('subscription, locations, sizes, SKUs, images and usages read as the official clients expect', async () => {
  const clients = azureClients(sandbox);
  const { body: subscription } = await arm('GET', '?api-version=2022-12-01');
  assert.equal(subscription.tenantId, sandbox.tenantId);
  const { body: places } = await arm('GET', '/locations?api-version=2022-12-01');
  assert.ok(places.value.some(({ name, displayName }: Json) => name === 'westeurope' && displayName === 'West Europe'));

  const sizes: string[] = [];
  for await (const size of clients.compute.virtualMachineSizes.list(location)) sizes.push(size.name ?? '');
  assert.ok(sizes.includes('Standard_B2s_v2'));
  const closed: Record<string, unknown> = {};
  for await (const sku of clients.compute.resourceSkus.list({ filter: `location eq '${location}'` })) {
    const [restriction] = sku.restrictions ?? [];
    if (sku.name !== undefined && restriction !== undefined)
      closed[sku.name] = restriction.restrictionInfo?.zones ?? restriction.type;
  }
  assert.deepEqual(closed, {
    Standard_D2_v2: 'Location',
    Standard_A2: 'Location',
    Standard_NC6: 'Location',
    Standard_L8s_v3: 'Location',
    Standard_D2s_v6: ['2'],
    Standard_D4s_v6: ['2'],
    Standard_E2s_v6: ['1', '3'],
    Standard_DS2_v2: ['1', '2', '3'],
  });

  const { virtualMachineImages: images } = clients.compute;
  const skus = await images.listSkus(location, 'canonical', 'ubuntu-22_04-lts-of-nobody').catch(({ code }) => code);
  assert.equal(skus, 'NotFound');
  const minimal = await images.listSkus(location, 'canonical', 'ubuntu-26_04-lts');
  assert.deepEqual(
    minimal.map(({ name }) => name),
    ['server', 'server-gen1', 'server-arm64', 'minimal', 'minimal-arm64'],
  );
  const [latest] = await images.list(location, 'Canonical', 'ubuntu-24_04-lts', 'server', {
    top: 1,
    orderby: 'name desc',
  });
  const image = await images.get(location, 'Canonical', 'ubuntu-24_04-lts', 'server', latest?.name ?? '');
  assert.equal(image.hyperVGeneration, 'V2');
  await assert.rejects(images.get(location, 'Canonical', 'UbuntuServer', '16.04.0-LTS', 'latest'), {
    statusCode: 404,
    code: 'PlatformImageNotFound',
  });

  for await (const usage of clients.compute.usage.list(location)) assert.ok(usage.limit >= usage.currentValue);
  for await (const usage of clients.network.usages.list(location)) assert.ok(usage.limit >= usage.currentValue);
  const provider = await clients.resources.providers.get('Microsoft.Compute');
  assert.equal(provider.registrationState, 'Registered');
});

test('names of groups follow the rules, and tags have limits', async () => {
  assert.equal(await refusal(arm('PUT', '/resourcegroups/a%20b', { location })), '400 InvalidResourceGroup');
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, 'x']));
  assert.equal(await refusal(arm('PUT', '/resourcegroups/t', { location, tags })), '400 InvalidTags');
  const tooLong = { a: 'x'.repeat(257) };
  assert.equal(
    await refusal(arm('PUT', '/resourcegroups/t', { location, tags: tooLong })),
    '400 InvalidTagValueLength',
  );
  assert.equal(await refusal(arm('GET', `${network}/networkSecurityGroups/x`)), '404 ResourceGroupNotFound');
  assert.equal(await refusal(arm('GET', `${compute}/disks/x`)), '404 ResourceGroupNotFound');
});
