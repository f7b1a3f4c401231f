import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compute, location, machineBody, makeInterface, makeMachine, makeNetwork, network } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { finish, openArm } from './raw-https.ts';
import { startTestSandbox } from './start.ts';

test('identity, CA, resources and machines survive a restart; what was under way has failed and can be deleted', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'azdock-restart-'));
  try {
    const first = await startTestSandbox({ directory });
    const arm = await openArm(first);
    await makeNetwork(arm);
    await makeMachine(arm, 'on', { tags: { a: 'b' } });
    await makeMachine(arm, 'off');
    await finish(arm, await arm('POST', `${compute}/virtualMachines/off/deallocate`));
    first.server.world.settings.latency = { profile: 'recorded', factor: 1 };
    await arm('PUT', `${network}/networkSecurityGroups/late`, { location });
    await first.stop();

    const guests = new FakeGuests();
    const second = await startTestSandbox({ directory, guests });
    assert.equal(second.ca, first.ca);
    assert.equal(second.clientSecret, first.clientSecret);
    const again = await openArm(second);
    assert.equal((await again('GET', '/resourcegroups', undefined)).body.value[0].name, 'rg');
    const adopted = [...guests.guests.values()].map(({ spec, running, rules }) => [
      spec.computerName,
      running,
      rules.length,
    ]);
    assert.deepEqual(adopted.sort(), [
      ['off', false, 3],
      ['on', true, 3],
    ]);
    const view = await again('GET', `${compute}/virtualMachines/off/instanceView`);
    assert.equal(view.body.statuses[1].code, 'PowerState/deallocated');
    const late = `${network}/networkSecurityGroups/late`;
    assert.equal((await again('GET', late)).body.properties.provisioningState, 'Failed');
    assert.equal((await finish(again, await again('DELETE', late))).body.status, 'Succeeded');
    await second.stop();
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('a machine that was being created when the sandbox ended has failed, and goes with its deletion', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'azdock-restart-'));
  try {
    const slow = new FakeGuests();
    slow.beforeCreate = () => new Promise(() => undefined);
    const first = await startTestSandbox({ directory, guests: slow });
    const arm = await openArm(first);
    await makeNetwork(arm);
    await makeInterface(arm, 'vm');
    await arm('PUT', `${compute}/virtualMachines/vm`, machineBody(arm, 'vm'));
    await first.stop();
    const second = await startTestSandbox({ directory });
    const again = await openArm(second);
    const machine = await again('GET', `${compute}/virtualMachines/vm`);
    assert.equal(machine.body.properties.provisioningState, 'Failed');
    const deleted = await finish(again, await again('DELETE', `${compute}/virtualMachines/vm`));
    assert.equal(deleted.body.status, 'Succeeded');
    const nic = await finish(again, await again('DELETE', `${network}/networkInterfaces/vm-nic`));
    assert.equal(nic.body.status, 'Succeeded');
    await second.stop();
  } finally {
    await rm(directory, { recursive: true });
  }
});
