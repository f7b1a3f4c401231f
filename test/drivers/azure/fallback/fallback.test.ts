import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ArmError } from '../../../../src/errors/arm-error.ts';
import { PreCreateCheckError } from '../../../../src/errors/pre-create-check-error.ts';
import { arm, control } from '../../../sandbox/control-calls.ts';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/start.ts';
import { leftOvers } from '../sandbox-machine.ts';
import { changesSince, fallbackMachine, inAzure, lastRequest } from './fallback-machine.ts';

/** The sandbox always lists it, and never has one. */
const SOLD_OUT = 'Standard_E2s_v5';
/** Kept from the subscription in every region. */
const RESTRICTED = 'Standard_D2_v2';
const VM = 'Compute/virtualMachines/dev';
const vm = { method: 'PUT', path: '/virtualMachines/dev$' };

let sandbox: TestSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => control(sandbox, 'POST', 'reset'));
after(() => sandbox.stop());

/** The next VM fails late: Azure has a record of it, disks, and keeps its NIC. */
const failLate = (code: string, times = 1) =>
  arm(sandbox, { ...vm, times, when: 'operation', action: { operation: 'fail', code, message: 'No capacity.' } });

test('what the catalogue knows to be impossible is passed over before anything is made', async () => {
  const machine = fallbackMachine(sandbox, {
    size: RESTRICTED,
    fallback: ['Standard_X1', 'Standard_D2ps_v5', 'Standard_D2s_v6@2', 'Standard_D2s_v5@2', 'Standard_D4s_v5'],
  });
  const since = await lastRequest(sandbox);
  await machine.check();
  assert.deepEqual(await changesSince(sandbox, since), []);
  assert.deepEqual(machine.said, [
    'Warning: Standard_D2_v2 is not available to this subscription in westeurope.',
    'Warning: westeurope does not offer Standard_X1.',
    'Warning: Standard_D2ps_v5 cannot run the image.',
    'Warning: Standard_D2s_v6 is not available to this subscription in zone 2 of westeurope, but in zone 1 and 3; Standard_D2s_v5 in zone 2 is taken instead.',
  ]);
  assert.deepEqual(await machine.settled(), {
    size: 'Standard_D2s_v5',
    zone: '2',
    fallback: ['Standard_D4s_v5@none'],
  });
  assert.match(await machine.driver.describe(), /^Standard_D2s_v5, /);
  await machine.make();
  const { zones, properties } = await inAzure(sandbox, VM);
  assert.deepEqual([zones, properties.hardwareProfile.vmSize], [['2'], 'Standard_D2s_v5']);
  await machine.remove();
});

test('a size that cannot do what else is asked for is passed over', async () => {
  const machine = fallbackMachine(sandbox, {
    size: 'Standard_D2s_v5',
    ephemeralOsDisk: 'auto',
    fallback: ['Standard_B2s_v2', 'Standard_D4ds_v5'],
  });
  await machine.check();
  assert.equal((await machine.settled()).size, 'Standard_D4ds_v5');
  assert.equal(machine.said.length, 2);
});

test('when nothing can be had, the check says why of each', async () => {
  const machine = fallbackMachine(sandbox, { size: RESTRICTED, fallback: ['Standard_X1', 'Standard_D2s_v6@2'] });
  await assert.rejects(machine.check(), (error) => {
    assert.ok(error instanceof PreCreateCheckError);
    assert.equal(error.message, 'Standard_D2_v2 is not available to this subscription in westeurope.');
    assert.equal(error.details[0], 'Nor can Standard_X1 be had: westeurope does not offer Standard_X1.');
    assert.match(error.details[1] ?? '', /^Nor can Standard_D2s_v6 in zone 2 be had: /);
    return true;
  });
});

test('where a size is refused at once the next is tried, and nothing else is made anew', async () => {
  const machine = fallbackMachine(sandbox, { size: SOLD_OUT, fallback: [RESTRICTED, 'Standard_D2s_v5'] });
  await machine.check();
  const since = await lastRequest(sandbox);
  const { address } = await machine.make();
  const changes = await changesSince(sandbox, since);
  assert.deepEqual(changes.slice(-3), ['PUT dev-nic', 'PUT dev', 'PUT dev']);
  assert.deepEqual(machine.changes, [address]);
  assert.deepEqual(machine.said.slice(-2), [
    'Warning: Standard_D2_v2 is not available to this subscription in westeurope.',
    'Warning: Azure cannot create virtual machine dev: Standard_E2s_v5 is sold out in westeurope for this subscription (SkuNotAvailable). Next is Standard_D2s_v5.',
  ]);
  assert.equal((await inAzure(sandbox, VM)).properties.hardwareProfile.vmSize, 'Standard_D2s_v5');
  assert.equal((await machine.settled()).size, 'Standard_D2s_v5');
  await machine.remove();
});

test('another zone gets an address of that zone', async () => {
  const machine = fallbackMachine(sandbox, {
    size: SOLD_OUT,
    availabilityZone: '1',
    fallback: ['zone:3', 'Standard_D2s_v5@2'],
  });
  await machine.check();
  const { address } = await machine.make();
  const found = await inAzure(sandbox, 'Network/publicIPAddresses/dev-ip');
  assert.deepEqual([found.zones, found.properties.ipAddress], [['2'], address]);
  assert.equal(machine.changes.length, 2);
  assert.equal(machine.changes[1], address);
  assert.deepEqual((await inAzure(sandbox, VM)).zones, ['2']);
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), []);
});

for (const code of ['AllocationFailed', 'ZonalAllocationFailed', 'OverconstrainedAllocationRequest'])
  test(`${code} after a while: the failed VM and what it holds go before the next is tried`, async () => {
    await failLate(code);
    const machine = fallbackMachine(sandbox, { fallback: ['Standard_D2s_v5'] });
    await machine.check();
    const since = await lastRequest(sandbox);
    const { address } = await machine.make();
    const changes = await changesSince(sandbox, since);
    const failed = changes.indexOf('PUT dev');
    assert.deepEqual(changes.slice(failed, failed + 2), ['PUT dev', 'DELETE dev']);
    assert.deepEqual(changes.slice(-3), ['PUT dev-ip', 'PUT dev-nic', 'PUT dev']);
    assert.deepEqual(machine.changes, [address]);
    assert.equal((await inAzure(sandbox, VM)).properties.hardwareProfile.vmSize, 'Standard_D2s_v5');
    await machine.remove();
    assert.deepEqual(leftOvers(sandbox), []);
  });

test('quota that turns out to be used up is a reason to go on, too', async () => {
  const message =
    'Operation could not be completed as it results in exceeding approved standardBsv2Family Cores quota.';
  await arm(sandbox, { ...vm, action: { status: 409, code: 'OperationNotAllowed', message } });
  const machine = fallbackMachine(sandbox, { fallback: ['Standard_D2s_v5'] });
  await machine.make();
  assert.equal((await machine.settled()).size, 'Standard_D2s_v5');
  await machine.remove();
});

test('a NIC that Azure still keeps is waited for, with and without fallback', async () => {
  const code = 'NicReservedForAnotherVm';
  await arm(sandbox, { ...vm, times: 3, action: { status: 400, code, message: 'Reserved for 180 seconds.' } });
  const machine = fallbackMachine(sandbox, { fallback: ['Standard_D2s_v5'] });
  await machine.make();
  assert.equal((await machine.settled()).size, 'Standard_B2s_v2');
  await machine.remove();
  await arm(sandbox, {
    method: 'DELETE',
    path: '/networkInterfaces/dev-nic$',
    times: 2,
    action: { status: 400, code, message: 'Reserved.' },
  });
  const moving = fallbackMachine(sandbox, { size: SOLD_OUT, availabilityZone: '1', fallback: ['Standard_D2s_v5@2'] });
  await moving.make();
  assert.deepEqual((await inAzure(sandbox, VM)).zones, ['2']);
  await moving.remove();
});

test('when all fail the last error tells what was tried, and the record names all that is left', async () => {
  await failLate('AllocationFailed', 0);
  const machine = fallbackMachine(sandbox, { fallback: ['Standard_D2s_v5', 'zone:2'] });
  await machine.check();
  await assert.rejects(machine.make(), (error) => {
    assert.ok(error instanceof ArmError);
    assert.equal(error.exitCode, 7);
    assert.equal(error.azure?.code, 'AllocationFailed');
    assert.equal(
      error.details[0],
      'Tried before: Standard_B2s_v2 (AllocationFailed), Standard_D2s_v5 (AllocationFailed).',
    );
    return true;
  });
  const known = new Set(machine.journal.entries.map(({ id }) => id.toLowerCase()));
  const strangers = leftOvers(sandbox).filter((id) => !known.has(id.toLowerCase()));
  assert.deepEqual(strangers, []);
  await machine.remove();
  assert.deepEqual(leftOvers(sandbox), []);
});

test('what has nothing to do with room or quota ends the creation at once', async () => {
  await failLate('OSProvisioningTimedOut');
  const machine = fallbackMachine(sandbox, { fallback: ['Standard_D2s_v5'] });
  await assert.rejects(machine.make(), (error) => error instanceof ArmError && error.details.length === 0);
  assert.equal((await machine.settled()).size, 'Standard_B2s_v2');
  await machine.remove();
});
