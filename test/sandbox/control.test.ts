import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { compute, location, machineBody, make, makeInterface, makeNetwork } from './build-machine.ts';
import { control } from './control-calls.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, type Json, openArm, rawRequest } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeInterface(arm, 'vm');
  const body = machineBody(arm, 'vm', { tags: { 'azdock-machine': 'vm' } });
  Object.assign(body.properties.osProfile, { adminPassword: 'Hidden-password-1', customData: 'SGlkZGVuLWRhdGE=' });
  await make(arm, `${compute}/virtualMachines/vm`, body);
  await make(arm, `${compute}/virtualMachines/vm/extensions/script`, {
    location,
    properties: {
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      typeHandlerVersion: '2.1',
      protectedSettings: { commandToExecute: 'echo Hidden-setting' },
    },
  });
});
after(() => sandbox.stop());

test('the control API needs its own token, not one of Azure', async () => {
  assert.equal((await rawRequest(sandbox, 'GET', '/_sandbox/status')).status, 401);
  assert.equal((await rawRequest(sandbox, 'GET', '/_sandbox/status', { token: arm.token })).status, 401);
  assert.equal((await control(sandbox, 'GET', 'status')).status, 200);
});

test('the status counts resources and names machines with state and addresses', async () => {
  const { body } = await control(sandbox, 'GET', 'status');
  assert.equal(body.resources['Microsoft.Compute/virtualMachines'], 1);
  assert.equal(body.resources['Microsoft.Compute/disks'], 1);
  const [machine] = body.machines;
  assert.deepEqual([machine.name, machine.state, machine.publicAddress], ['vm', 'running', '203.0.113.1']);
});

test('all resources are listed with tags and state', async () => {
  const { body } = await control(sandbox, 'GET', 'resources');
  const machine = body.find(({ type }: Json) => type === 'Microsoft.Compute/virtualMachines');
  assert.deepEqual([machine.tags, machine.provisioningState], [{ 'azdock-machine': 'vm' }, 'Succeeded']);
  const disk = body.find(({ type }: Json) => type === 'Microsoft.Compute/disks');
  assert.deepEqual(disk.tags, { 'azdock-machine': 'vm' });
});

test('the journal keeps every request, in order, and can be read on from a number', async () => {
  const { body: all } = await control(sandbox, 'GET', 'journal?since=0');
  assert.deepEqual(
    all.entries.map(({ n }: Json) => n),
    all.entries.map((_: Json, index: number) => index + 1),
  );
  await arm('GET', '/resourcegroups');
  const { body: rest } = await control(sandbox, 'GET', `journal?since=${all.next}`);
  const [entry] = rest.entries;
  assert.deepEqual([rest.entries.length, entry.method, entry.status, entry.apiVersion], [1, 'GET', 200, '2025-04-01']);
  assert.match(entry.url, /\/resourcegroups\?api-version=2025-04-01$/);
  assert.ok(entry.requestId && entry.responseHeaders['x-ms-request-id'] === entry.requestId);
  assert.equal(entry.responseBody.value[0].name, 'rg');
});

test('no secret is in the journal, nor in any other file of the directory but the identity of the sandbox', async () => {
  const journal = await readFile(join(sandbox.directory, 'journal.jsonl'), 'utf8');
  assert.match(journal, /"protectedSettings":"\[redacted\]"/);
  assert.match(journal, /"authorization":"\[redacted\]"/);
  assert.match(journal, /"client_secret":"\[redacted\]"/);
  const secrets = /Hidden|SGlkZGVuLWRhdGE|eyJ0eXAi/;
  for (const name of await readdir(sandbox.directory)) {
    const text = await readFile(join(sandbox.directory, name), 'utf8').catch(() => '');
    assert.doesNotMatch(text, secrets, name);
    if (name.startsWith('sandbox.json') || name === 'identity.json') continue;
    assert.ok(!text.includes(sandbox.clientSecret) && !text.includes(sandbox.controlToken), name);
  }
});

test('operations tell how long they took, and the journal which request started them', async () => {
  const { body } = await control(sandbox, 'GET', 'operations');
  const creation = body.find(({ kind }: Json) => kind === 'machine.create');
  assert.equal(creation.status, 'Succeeded');
  assert.equal(Date.parse(creation.endTime) - Date.parse(creation.startTime), creation.durationMs);
  const { body: journal } = await control(sandbox, 'GET', 'journal');
  const entry = journal.entries.find(({ operation }: Json) => operation === creation.name);
  assert.equal(entry.method, 'PUT');
});

test('latency and DockerExtension are set, and nonsense is refused', async () => {
  const put = async (path: string, body: unknown) => (await control(sandbox, 'PUT', path, body)).status;
  assert.equal(await put('latency', { profile: 'recorded', factor: 0.01 }), 200);
  assert.deepEqual(sandbox.server.world.settings.latency, { profile: 'recorded', factor: 0.01 });
  assert.equal(await put('latency', { profile: 'none' }), 200);
  assert.equal(await put('latency', { profile: 'fast' }), 400);
  assert.equal(await put('latency', { profile: 'recorded', factor: 0 }), 400);
  assert.equal(await put('docker-extension', { state: 'absent' }), 200);
  assert.equal(sandbox.server.world.settings.dockerExtension, 'absent');
  assert.equal(await put('docker-extension', { state: 'odd' }), 400);
  assert.equal((await control(sandbox, 'GET', 'nothing')).status, 404);
});

test('a reset removes resources, guests, addresses and journal', async () => {
  assert.equal((await control(sandbox, 'POST', 'reset')).status, 204);
  assert.deepEqual((await control(sandbox, 'GET', 'resources')).body, []);
  assert.deepEqual([guests.guests.size, guests.addresses.size], [0, 0]);
  assert.deepEqual((await control(sandbox, 'GET', 'journal')).body, { next: 0, entries: [] });
  assert.equal((await arm('HEAD', '/resourcegroups/rg')).status, 404);
});
