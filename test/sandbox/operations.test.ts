import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compute, interfaceBody, location, machineBody, network } from './build-machine.ts';
import { ManualClock } from './manual-clock.ts';
import { type Arm, openArm, type RawAnswer } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const clock = new ManualClock();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ clock, settings: { latency: { profile: 'recorded', factor: 1 } } });
  arm = await openArm(sandbox);
  await arm('PUT', '/resourcegroups/rg', { location });
});
after(() => sandbox.stop());

const asyncUrl = (answer: RawAnswer): string => String(answer.headers['azure-asyncoperation']);
const shown = ({ status, headers, body }: RawAnswer) => ({
  status,
  state: body.properties?.provisioningState,
  async: 'azure-asyncoperation' in headers,
  location: 'location' in headers,
  retryAfter: headers['retry-after'],
});

/** Lets the operation last `seconds`, checks that it is still running a moment before, and gives the last poll. */
async function pass(accepted: RawAnswer, seconds: number, pollAfter: string | undefined): Promise<RawAnswer> {
  await clock.advance(seconds - 0.1);
  const running = await arm('GET', asyncUrl(accepted));
  assert.equal(running.status, 200);
  assert.equal(running.body.status, 'InProgress');
  assert.equal(running.headers['retry-after'], pollAfter);
  await clock.advance(0.1);
  const ended = await arm('GET', asyncUrl(accepted));
  assert.equal(ended.body.status, 'Succeeded', ended.text);
  assert.equal(ended.headers['retry-after'], undefined);
  return ended;
}

test('a network security group is created with 201 Updating, takes 4 s, and its status has no times', async () => {
  const path = `${network}/networkSecurityGroups/fw`;
  const accepted = await arm('PUT', path, { location });
  assert.deepEqual(shown(accepted), { status: 201, state: 'Updating', async: true, location: false, retryAfter: '3' });
  assert.equal((await arm('GET', path)).body.properties.provisioningState, 'Updating');
  const ended = await pass(accepted, 4, '10');
  assert.deepEqual(ended.body, { status: 'Succeeded' });
  assert.equal((await arm('GET', path)).body.properties.provisioningState, 'Succeeded');
  const again = await arm('PUT', path, { location });
  assert.equal(again.status, 200);
  const meanwhile = await arm('PUT', path, { location });
  assert.equal(`${meanwhile.status} ${meanwhile.body.error.code}`, '409 AnotherOperationInProgress');
  await pass(again, 4, '10');
});

test('a virtual network takes 4 s, a public address 2 s and has its address then', async () => {
  const vnet = await arm('PUT', `${network}/virtualNetworks/vnet`, {
    location,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 's', properties: { addressPrefix: '10.0.0.0/24' } }],
    },
  });
  assert.deepEqual(shown(vnet), { status: 201, state: 'Updating', async: true, location: false, retryAfter: '3' });
  await pass(vnet, 4, '10');
  const path = `${network}/publicIPAddresses/vm-ip`;
  const address = await arm('PUT', path, {
    location,
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static' },
  });
  assert.deepEqual(shown(address), { status: 201, state: 'Updating', async: true, location: false, retryAfter: '1' });
  await pass(address, 2, '2');
  assert.match((await arm('GET', path)).body.properties.ipAddress, /^203\.0\.113\./);
});

test('an interface is there at once, but an update of it takes 4 s', async () => {
  const path = `${network}/networkInterfaces/vm-nic`;
  const accepted = await arm('PUT', path, interfaceBody(arm, 'vm'));
  assert.deepEqual(shown(accepted), {
    status: 201,
    state: 'Succeeded',
    async: true,
    location: false,
    retryAfter: undefined,
  });
  assert.equal((await arm('GET', asyncUrl(accepted))).body.status, 'Succeeded');
  const update = await arm('PUT', path, interfaceBody(arm, 'vm'));
  assert.equal(update.body.properties.provisioningState, 'Updating');
  await pass(update, 4, '10');
});

test('a machine is created in 82 s, and its status says from when to when', async () => {
  const path = `${compute}/virtualMachines/vm`;
  const accepted = await arm('PUT', path, machineBody(arm, 'vm'));
  assert.deepEqual(shown(accepted), { status: 201, state: 'Creating', async: true, location: false, retryAfter: '10' });
  const { body } = await pass(accepted, 82, '30');
  assert.equal(Date.parse(body.endTime) - Date.parse(body.startTime), 82_000);
  assert.ok(asyncUrl(accepted).includes(`/operations/${body.name}?`));
});

test('an extension takes 74 s and Azure says nothing about when to ask', async () => {
  const accepted = await arm('PUT', `${compute}/virtualMachines/vm/extensions/script`, {
    location,
    properties: {
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      typeHandlerVersion: '2.1',
      settings: { commandToExecute: 'true' },
    },
  });
  const none = { async: true, location: false, retryAfter: undefined };
  assert.deepEqual(shown(accepted), { status: 201, state: 'Creating', ...none });
  await pass(accepted, 74, undefined);
});

test('power actions answer 202 with both addresses and take as long as on Azure', async () => {
  const expected = [
    ['powerOff', 5, undefined, undefined, 'stopped'],
    ['start', 22, '10', '9', 'running'],
    ['restart', 14, undefined, undefined, 'running'],
    ['deallocate', 252, '10', '36', 'deallocated'],
  ] as const;
  for (const [action, seconds, first, poll, power] of expected) {
    const accepted = await arm('POST', `${compute}/virtualMachines/vm/${action}`);
    const both = { async: true, location: true, retryAfter: first };
    assert.deepEqual(shown(accepted), { status: 202, state: undefined, ...both });
    assert.equal(accepted.text, '');
    assert.equal((await arm('GET', String(accepted.headers.location))).status, 202);
    await pass(accepted, seconds, poll);
    assert.equal((await arm('GET', String(accepted.headers.location))).status, 200);
    const view = await arm('GET', `${compute}/virtualMachines/vm/instanceView`);
    assert.equal(view.body.statuses[1].code, `PowerState/${power}`);
  }
});

test('a change of tags by PATCH answers 200 and takes 4 s', async () => {
  const accepted = await arm('PATCH', `${compute}/virtualMachines/vm`, { tags: { a: 'b' } });
  assert.deepEqual(shown(accepted), { status: 200, state: 'Updating', async: true, location: false, retryAfter: '10' });
  await pass(accepted, 4, '30');
  assert.deepEqual((await arm('GET', `${compute}/virtualMachines/vm`)).body.tags, { a: 'b' });
});

test('a machine is deleted in 51 s, and one that is not there with 204', async () => {
  const path = `${compute}/virtualMachines/vm`;
  const accepted = await arm('DELETE', path);
  assert.deepEqual(shown(accepted), { status: 202, state: undefined, async: true, location: true, retryAfter: '10' });
  const joined = await arm('DELETE', path);
  assert.equal(asyncUrl(joined), asyncUrl(accepted));
  await pass(accepted, 51, '30');
  assert.equal((await arm('GET', String(accepted.headers.location))).status, 204);
  assert.equal((await arm('DELETE', path)).status, 204);
});

test('a disk is created with 202 and both addresses, and deleted', async () => {
  const path = `${compute}/disks/data`;
  const body = { location, properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 } };
  const accepted = await arm('PUT', path, body);
  assert.deepEqual(shown(accepted), { status: 202, state: 'Creating', async: true, location: true, retryAfter: '2' });
  assert.match(asyncUrl(accepted), /\/DiskOperations\//);
  await pass(accepted, 2, undefined);
  await pass(await arm('DELETE', path), 1, undefined);
});

test('network resources are deleted with 202 and both addresses', async () => {
  for (const path of ['networkInterfaces/vm-nic', 'publicIPAddresses/vm-ip', 'virtualNetworks/vnet']) {
    const accepted = await arm('DELETE', `${network}/${path}`);
    assert.deepEqual(shown(accepted), { status: 202, state: undefined, async: true, location: true, retryAfter: '10' });
    await pass(accepted, 4, '10');
    assert.equal((await arm('GET', String(accepted.headers.location))).status, 204);
    assert.equal((await arm('DELETE', `${network}/${path}`)).status, 204);
  }
});

test('a group is deleted behind a Location alone, which ends with 200, and takes no writes meanwhile', async () => {
  const accepted = await arm('DELETE', '/resourcegroups/rg');
  assert.deepEqual(shown(accepted), { status: 202, state: undefined, async: false, location: true, retryAfter: '15' });
  const write = await arm('PUT', `${network}/networkSecurityGroups/late`, { location });
  assert.equal(`${write.status} ${write.body.error.code}`, '409 ResourceGroupBeingDeleted');
  await clock.advance(185);
  const running = await arm('GET', String(accepted.headers.location));
  assert.equal(`${running.status} ${running.headers['retry-after']}`, '202 15');
  await clock.advance(1);
  assert.equal((await arm('GET', String(accepted.headers.location))).status, 200);
  assert.equal((await arm('HEAD', '/resourcegroups/rg')).status, 404);
});

test('a factor shortens latencies and waits alike, but no wait falls below a second', async () => {
  sandbox.server.world.settings.latency = { profile: 'recorded', factor: 0.1 };
  await arm('PUT', '/resourcegroups/rg', { location });
  const accepted = await arm('PUT', `${network}/networkSecurityGroups/fw`, { location });
  assert.equal(accepted.headers['retry-after'], '1');
  await pass(accepted, 0.4, '1');
});
