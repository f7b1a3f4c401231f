import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { listVmStates } from '../../../src/drivers/azure/list.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { openSession } from '../../../src/drivers/azure/session.ts';
import { ArmError } from '../../../src/errors/arm-error.ts';
import { PreCreateCheckError } from '../../../src/errors/pre-create-check-error.ts';
import { ProvisionError } from '../../../src/errors/provision-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import type { FaultRequest } from '../../../src/sandbox/faults/fault.ts';
import { FakeGuests } from '../../sandbox/fake-guests.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

const signal = new AbortController().signal;
let guests: FakeGuests;
let sandbox: TestSandbox;
beforeEach(async () => {
  guests = new FakeGuests();
  sandbox = await startTestSandbox({ guests });
});
afterEach(async () => {
  const left = leftOvers(sandbox);
  await sandbox.stop();
  assert.deepEqual(left, []);
});

function arm(fault: Partial<FaultRequest> & Pick<FaultRequest, 'action'>) {
  const none = { method: undefined, path: undefined, times: undefined, after: undefined, when: undefined };
  sandbox.server.world.faults.arm({ ...none, ...fault });
}

test('a machine is checked, made, listed, stopped, started and removed, and nothing is left', async () => {
  const machine = sandboxMachine(sandbox, { values: { dnsLabel: 'dev-1', availabilitySet: 'set', openPorts: ['80'] } });
  const { driver } = machine;
  assert.equal(await driver.describe(), 'Standard_B2s_v2, Ubuntu 24.04, westeurope, subscription sandbox');
  await driver.check();
  const { address, alternativeAddresses } = await machine.create();
  assert.equal(address, '203.0.113.1');
  assert.equal(alternativeAddresses.length, 2);
  assert.equal(await driver.address(), address);
  assert.deepEqual(await driver.state(), { state: 'Running', detail: 'running' });
  const settled = await driver.settledOptions();
  assert.equal(settled.subscriptionId, sandbox.subscriptionId);
  const states = await listVmStates({ subscriptions: [settled] }, machine.world);
  assert.deepEqual([...states.values()], [{ state: 'Running', detail: 'running' }]);
  await driver.stop({ deallocate: true, force: false }, silentProgress, signal);
  assert.deepEqual(await driver.state(), { state: 'Stopped', detail: 'deallocated' });
  await driver.start(silentProgress, signal);
  await driver.restart(silentProgress, signal);
  await driver.stop({ deallocate: false, force: true }, silentProgress, signal);
  await machine.remove();
  assert.deepEqual(machine.journal.entries, []);
  assert.deepEqual(await driver.state(), { state: 'NotFound' });
});

test('a second machine of the same name is refused by the check', async () => {
  const machine = sandboxMachine(sandbox);
  await machine.create();
  await assert.rejects(sandboxMachine(sandbox, { id: 'another' }).driver.check(), PreCreateCheckError);
  await machine.remove();
});

test('an extension is attached, read and removed', async () => {
  const machine = sandboxMachine(sandbox);
  await machine.create();
  const { extensions } = machine.driver;
  assert.ok(extensions);
  assert.equal(await extensions.publishedVersion('Microsoft.Azure.Extensions', 'DockerExtension'), '1.2');
  assert.equal(await extensions.publishedVersion('Microsoft.Azure.Extensions', 'NoSuchExtension'), undefined);
  const request = {
    name: 'DockerExtension',
    publisher: 'Microsoft.Azure.Extensions',
    type: 'DockerExtension',
    version: '1.2',
    settings: { docker: { port: '2376' } },
    protectedSettings: new Secret({ certs: { ca: 'Y2E=' } }),
  };
  await extensions.put(request, machine.journal, signal);
  const report = await extensions.get('DockerExtension');
  assert.equal(report?.provisioningState, 'Succeeded');
  assert.equal(report?.message, 'Enable succeeded');
  guests.verdict = { ok: false, message: 'Enable Docker failed: ERROR: no network' };
  const again = { ...request, settings: { docker: { port: '2377' } } };
  await assert.rejects(extensions.put(again, machine.journal, signal), (error: unknown) => {
    assert.ok(error instanceof ProvisionError);
    assert.match(error.message, /^DockerExtension failed on dev: Enable Docker failed: ERROR: no network/);
    return true;
  });
  await extensions.remove('DockerExtension', machine.journal, signal);
  assert.equal(await extensions.get('DockerExtension'), undefined);
  await machine.remove();
});

test('a creation that Azure gives up on is told with its code, and removed without a trace', async () => {
  arm({
    method: 'PUT',
    path: /\/virtualMachines\/dev$/i,
    when: 'operation',
    action: { operation: 'fail', code: 'AllocationFailed', message: 'Allocation failed. We do not have room.' },
  });
  const machine = sandboxMachine(sandbox);
  await assert.rejects(machine.create(), (error: unknown) => {
    assert.ok(error instanceof ArmError);
    assert.equal(error.kind, 'capacity');
    assert.ok(error.azure?.requestId);
    assert.ok(error.azure?.timestamp);
    return true;
  });
  await machine.remove();
});

test('a broken connection, a broken answer and a busy resource are got over', async () => {
  arm({ method: 'PUT', path: /networkSecurityGroups/i, action: { reset: 'after' } });
  arm({
    method: 'PUT',
    path: /publicIPAddresses/i,
    action: { status: 409, code: 'AnotherOperationInProgress', message: 'Busy.' },
  });
  arm({ method: 'PUT', path: /networkInterfaces/i, action: { truncate: true } });
  arm({ method: 'GET', path: /virtualNetworks/i, action: { garble: true } });
  const machine = sandboxMachine(sandbox);
  await machine.create();
  arm({ method: 'DELETE', path: /networkSecurityGroups/i, action: { reset: 'after' } });
  arm({
    method: 'DELETE',
    path: /virtualMachines/i,
    action: { status: 429, code: 'TooManyRequests', message: 'Slow.' },
  });
  await machine.remove();
});

test('machines made at once share group and network, and the last one removed takes both along', async () => {
  const machines = ['one', 'two', 'three'].map((name) => sandboxMachine(sandbox, { name }));
  await Promise.all(machines.map((machine) => machine.create()));
  const networks = leftOvers(sandbox).filter((id) => /virtualNetworks\/[^/]+$/i.test(id));
  assert.equal(networks.length, 1);
  const [first, ...rest] = machines;
  await first?.remove();
  assert.equal(leftOvers(sandbox).filter((id) => /virtualMachines\/[^/]+$/i.test(id)).length, 2);
  await Promise.all(rest.map((machine) => machine.remove()));
});

test('a machine can be made while the last other one is removed', async () => {
  for (const delayMs of [0, 20, 60]) {
    const leaving = sandboxMachine(sandbox, { name: 'leaving' });
    await leaving.create();
    const coming = sandboxMachine(sandbox, { name: 'coming' });
    await coming.driver.describe();
    const removed = leaving.remove();
    await machineTime(delayMs);
    await Promise.all([removed, coming.create()]);
    assert.deepEqual((await coming.driver.state()).state, 'Running');
    await coming.remove();
  }
});

test('a group and a network that were there before stay as they were', async () => {
  const { options } = azureOptions({ environment: 'sandbox' });
  const machine = sandboxMachine(sandbox, {
    values: { virtualNetwork: 'theirs:net', subnet: 'azdock', subnetPrefix: '10.1.0.0/24' },
  });
  const session = await openSession('test', options, machine.world);
  const { resources, network } = session.clients;
  const location = 'westeurope';
  const addressSpace = { addressPrefixes: ['10.0.0.0/8'] };
  const subnets = [{ name: 'theirs', addressPrefix: '10.0.0.0/24' }];
  for (const group of ['theirs', 'docker-machine'])
    await (await resources()).resourceGroups.createOrUpdate(group, { location });
  await (await network()).virtualNetworks.createOrUpdate('theirs', 'net', { location, addressSpace, subnets });
  await machine.create();
  const during = await (await network()).virtualNetworks.get('theirs', 'net');
  assert.deepEqual(during.subnets?.map(({ name }) => name).sort(), ['azdock', 'theirs']);
  await machine.remove();
  const later = await (await network()).virtualNetworks.get('theirs', 'net');
  assert.deepEqual(
    later.subnets?.map(({ name }) => name),
    ['theirs'],
  );
  assert.equal(leftOvers(sandbox).length, 3);
  for (const group of ['theirs', 'docker-machine']) await (await resources()).resourceGroups.delete(group);
});

test('the sandbox takes a device code and a client secret, and only with a terminal the former', async () => {
  const shown: string[] = [];
  const machine = sandboxMachine(sandbox);
  const { options } = azureOptions({ environment: 'sandbox', login: 'device-code' });
  const world = { ...machine.world, interactive: true, notify: (line: string) => shown.push(line) };
  const session = await openSession('dev', options, world);
  await session.verify();
  assert.match(shown[0] ?? '', /enter the code/);
});

function machineTime(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
