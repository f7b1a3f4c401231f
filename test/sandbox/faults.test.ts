import assert from 'node:assert/strict';
import { request } from 'node:https';
import { after, beforeEach, before, test } from 'node:test';
import { compute, location, machineBody, makeInterface, makeNetwork, network, refusal } from './build-machine.ts';
import { arm as armFault, control, waiting } from './control-calls.ts';
import { type Arm, finish, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox();
  arm = await openArm(sandbox);
  await makeNetwork(arm);
});
beforeEach(async () => {
  await control(sandbox, 'DELETE', 'faults');
});
after(() => sandbox.stop());

const group = '/resourcegroups/f';
const put = () => arm('PUT', group, { location });
const exists = async () => (await arm('HEAD', group)).status === 204;

test('a fault answers in the place of Azure, as often as it says and after as many as it says', async () => {
  const throttled = { status: 429, code: 'TooManyRequests', message: 'slow down', headers: { 'retry-after': '7' } };
  await armFault(sandbox, { method: 'GET', path: '/resourcegroups$', after: 1, times: 2, action: throttled });
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await arm('GET', '/resourcegroups')).status);
  assert.deepEqual(statuses, [200, 429, 429, 200]);
  const [fault] = (await control(sandbox, 'GET', 'faults')).body;
  assert.deepEqual([fault.matched, fault.struck], [4, 2]);
  await armFault(sandbox, { method: 'GET', path: '/resourcegroups$', action: throttled });
  const answer = await arm('GET', '/resourcegroups');
  assert.equal(answer.headers['retry-after'], '7');
  assert.deepEqual(answer.body, { error: { code: 'TooManyRequests', message: 'slow down' } });
});

test('times: 0 strikes for ever, until the fault is disarmed', async () => {
  const id = await armFault(sandbox, { times: 0, action: { status: 503, code: 'Down', message: 'down' } });
  assert.equal(await refusal(put()), '503 Down');
  assert.equal(await refusal(put()), '503 Down');
  assert.equal((await control(sandbox, 'DELETE', `faults/${id}`)).status, 204);
  assert.equal((await put()).status, 201);
  assert.equal((await control(sandbox, 'DELETE', `faults/${id}`)).status, 404);
});

test('a connection is cut before the work is done, or after it', async () => {
  await finish(arm, await arm('DELETE', group));
  await armFault(sandbox, { method: 'PUT', action: { reset: true } });
  await assert.rejects(put(), /socket hang up|ECONNRESET/);
  assert.equal(await exists(), false);
  await armFault(sandbox, { method: 'PUT', action: { reset: 'after' } });
  await assert.rejects(put(), /socket hang up|ECONNRESET/);
  assert.equal(await exists(), true);
});

test('an answer is cut in half, or is no JSON', async () => {
  await armFault(sandbox, { method: 'GET', action: { truncate: true } });
  await assert.rejects(arm('GET', '/resourcegroups'), /aborted|ECONNRESET/);
  await armFault(sandbox, { method: 'GET', action: { garble: true } });
  const { status, text } = await arm('GET', '/resourcegroups');
  assert.equal(status, 200);
  assert.throws(() => JSON.parse(text));
});

test('a request that hangs is never answered', async () => {
  await armFault(sandbox, { method: 'GET', action: { hang: true } });
  const answer = arm('GET', '/resourcegroups');
  const first = await Promise.race([answer.catch(() => 'cut'), arm('GET', group).then(() => 'later request')]);
  assert.equal(first, 'later request');
  answer.catch(() => undefined);
});

test('a request that is held does nothing until it is let go', async () => {
  await finish(arm, await arm('DELETE', group));
  const id = await armFault(sandbox, { method: 'PUT', action: { hold: true } });
  const answer = put();
  await waiting(sandbox, id);
  assert.equal(await exists(), false);
  await control(sandbox, 'DELETE', `faults/${id}`);
  assert.equal((await answer).status, 201);
});

test('an answer that is held comes late, when the work is long done', async () => {
  await finish(arm, await arm('DELETE', group));
  const id = await armFault(sandbox, { method: 'PUT', action: { hold: 'after' } });
  const answer = put();
  await waiting(sandbox, id);
  assert.equal(await exists(), true);
  await control(sandbox, 'DELETE', `faults/${id}`);
  assert.equal((await answer).status, 201);
});

test('a client that dies while its request is held has asked for nothing', async () => {
  await finish(arm, await arm('DELETE', group));
  const id = await armFault(sandbox, { method: 'PUT', action: { hold: true } });
  const call = request(`${sandbox.endpoint}${arm.subscription}${group}?api-version=2025-04-01`, {
    method: 'PUT',
    ca: sandbox.ca,
    agent: false,
    headers: { authorization: `Bearer ${arm.token}`, 'content-type': 'application/json' },
  });
  call.on('error', () => undefined);
  call.end(JSON.stringify({ location }));
  await waiting(sandbox, id);
  call.destroy();
  for (;;) {
    const { body } = await control(sandbox, 'GET', 'faults');
    if (body[0].waiting === 0) break;
  }
  await control(sandbox, 'DELETE', 'faults');
  assert.equal(await exists(), false);
});

test('an operation is accepted and then fails; the resource has failed, and can be made again', async () => {
  await armFault(sandbox, {
    method: 'PUT',
    path: '/networkSecurityGroups/',
    when: 'operation',
    action: { operation: 'fail', code: 'RetryableErrorDueToAnotherOperation', message: 'try again' },
  });
  const path = `${network}/networkSecurityGroups/failing`;
  const accepted = await arm('PUT', path, { location });
  assert.equal(accepted.status, 201);
  const failed = await finish(arm, accepted);
  assert.deepEqual(
    [failed.status, failed.body.status, failed.body.error.code],
    [200, 'Failed', 'RetryableErrorDueToAnotherOperation'],
  );
  assert.equal((await arm('GET', path)).body.properties.provisioningState, 'Failed');
  assert.equal((await finish(arm, await arm('PUT', path, { location }))).body.status, 'Succeeded');
});

test('a machine whose creation is made to fail stays, failed, and has no guest', async () => {
  await makeInterface(arm, 'vm');
  await armFault(sandbox, {
    path: '/virtualMachines/vm$',
    action: { operation: 'fail', code: 'AllocationFailed', message: 'no room' },
  });
  const path = `${compute}/virtualMachines/vm`;
  const failed = await finish(arm, await arm('PUT', path, machineBody(arm, 'vm')));
  assert.equal(failed.body.error.code, 'AllocationFailed');
  assert.equal((await arm('GET', path)).body.properties.provisioningState, 'Failed');
  assert.equal((await control(sandbox, 'GET', 'status')).body.machines[0].hasGuest, false);
  assert.equal((await finish(arm, await arm('DELETE', path))).body.status, 'Succeeded');
});

test('a deletion that fails leaves the resource; its Location answers with the error', async () => {
  await armFault(sandbox, { method: 'DELETE', action: { operation: 'fail', code: 'Busy', message: 'not now' } });
  await put();
  const accepted = await arm('DELETE', group);
  assert.equal(accepted.status, 202);
  const end = await finish(arm, accepted);
  assert.equal(`${end.status} ${end.body.error.code}`, '409 Busy');
  assert.equal(await exists(), true);
});

test('an operation that hangs never ends, but its resource can be deleted', async () => {
  await finish(arm, await arm('DELETE', `${compute}/disks/vm-disk`));
  for (const [path, body] of [
    [`${network}/networkSecurityGroups/hanging`, { location }],
    [`${compute}/virtualMachines/vm`, machineBody(arm, 'vm')],
  ] as const) {
    await armFault(sandbox, { method: 'PUT', action: { operation: 'hang' } });
    const accepted = await arm('PUT', path, body);
    assert.equal((await arm('GET', String(accepted.headers['azure-asyncoperation']))).body.status, 'InProgress');
    assert.equal((await finish(arm, await arm('DELETE', path))).body.status, 'Succeeded');
    assert.equal((await arm('GET', path)).status, 404);
  }
});

test('logins can be struck too', async () => {
  await armFault(sandbox, { method: 'POST', path: '/token$', action: { status: 500, code: 'X', message: 'x' } });
  await assert.rejects(
    openArm(sandbox)
      .then((opened) => opened('GET', '/resourcegroups'))
      .then(({ status }) => assert.equal(status, 200)),
  );
});

test('a fault that cannot be understood is refused', async () => {
  const status = async (fault: unknown) => (await control(sandbox, 'POST', 'faults', fault)).status;
  assert.equal(await status({ action: { explode: true } }), 400);
  assert.equal(await status({ action: { reset: 'before' } }), 400);
  assert.equal(await status({ path: '(', action: { hang: true } }), 400);
  assert.equal(await status({ action: { hang: true }, colour: 1 }), 400);
  assert.equal(await status({ when: 'operation', action: { hang: true } }), 400);
  assert.equal(await status({ when: 'request', action: { operation: 'hang' } }), 400);
});

test('tokens expire before their time, and a new login is let in', async () => {
  await armFault(sandbox, { method: 'GET', path: '/resourcegroups$', action: { expire: true } });
  assert.equal(await refusal(arm('GET', '/resourcegroups')), '401 ExpiredAuthenticationToken');
  assert.equal(await refusal(arm('GET', '/resourcegroups')), '401 ExpiredAuthenticationToken');
  arm = await openArm(sandbox);
  assert.equal((await arm('GET', '/resourcegroups')).status, 200);
});

test('what was just made is not found for a while: by name, by what lies below it and by what refers to it', async () => {
  await finish(arm, await arm('DELETE', group));
  await armFault(sandbox, { method: 'PUT', path: `${group}$`, action: { lag: 2 } });
  assert.equal((await put()).status, 201);
  assert.equal(await refusal(arm('GET', group)), '404 ResourceGroupNotFound');
  const address = `${group}/providers/Microsoft.Network/publicIPAddresses/a`;
  const properties = { publicIPAllocationMethod: 'Static' };
  const putAddress = () => arm('PUT', address, { location, sku: { name: 'Standard' }, properties });
  assert.equal(await refusal(putAddress()), '404 ResourceGroupNotFound');
  assert.equal((await arm('GET', group)).status, 200);
  await armFault(sandbox, { method: 'PUT', path: '/publicIPAddresses/a$', action: { lag: 1 } });
  const { body } = await putAddress();
  const configuration = {
    name: 'ip',
    properties: {
      subnet: { id: `${body.id.split('/resource')[0]}${network}/virtualNetworks/vnet/subnets/s` },
      publicIPAddress: { id: body.id },
    },
  };
  const putNic = () =>
    arm('PUT', `${network}/networkInterfaces/late`, { location, properties: { ipConfigurations: [configuration] } });
  assert.equal(await refusal(putNic()), '400 InvalidResourceReference');
  assert.equal((await putNic()).status, 201);
});
