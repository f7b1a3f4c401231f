import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { azureClients } from './azure-clients.ts';
import { compute, makeMachine, makeNetwork, refusal } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, finish, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
let sandbox: TestSandbox;
let arm: Arm;
const path = `${compute}/virtualMachines/vm/runCommand`;
before(async () => {
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeMachine(arm, 'vm');
});
after(() => sandbox.stop());

test('a script runs in the guest, and the official client gets what it wrote', async () => {
  const { compute: client } = azureClients(sandbox);
  const poller = client.virtualMachines.runCommand('rg', 'vm', {
    commandId: 'RunShellScript',
    script: ['#!/bin/sh', 'id'],
  });
  const { value } = await poller.pollUntilDone();
  assert.deepEqual(
    value?.map(({ code, level, message }) => [code, level, message]),
    [['ProvisioningState/succeeded', 'Info', 'Enable succeeded: \n[stdout]\ndone\n\n[stderr]\n']],
  );
  assert.equal(guests.calls.at(-1), 'runCommand #!/bin/sh\nid\n');
});

test("a script's failure stands in the words of the answer, as does the end of what it wrote", async () => {
  guests.outcome = { exitCode: 3, stdout: `${'x'.repeat(5_000)}end`, stderr: 'why\n' };
  const { body } = await finish(arm, await arm('POST', path, { commandId: 'RunShellScript', script: ['false'] }));
  // The answer of the operation's own address says how the operation went.
  assert.equal(body.status, 'Succeeded');
  const { compute: client } = azureClients(sandbox);
  const { value } = await client.virtualMachines
    .runCommand('rg', 'vm', { commandId: 'RunShellScript', script: ['false'] })
    .pollUntilDone();
  const message = value?.[0]?.message ?? '';
  assert.match(
    message,
    /^Enable failed: failed to execute command: command terminated with exit status=3\n\[stdout\]\nx+end\n\[stderr\]\nwhy\n$/,
  );
  assert.ok(message.length < 4_300, String(message.length));
});

test('what is no command of Linux, has no script, or meets a machine that is off is refused', async () => {
  const post = (body: unknown) => refusal(arm('POST', path, body));
  const script = ['true'];
  assert.equal(await post({ script }), '400 InvalidParameter');
  assert.equal(await post({ commandId: 'RunShellScript', script: 'true' }), '400 InvalidParameter');
  assert.equal(await post({ commandId: 'RunShellScript', script, more: 1 }), '400 BadRequest');
  assert.equal(await post({ commandId: 'RunShellScript' }), '400 InvalidParameter');
  assert.equal(await post({ commandId: 'RunPowerShellScript', script }), '404 NotFound');
  assert.equal(
    await post({ commandId: 'RunShellScript', script, parameters: [{ name: 'a', value: 'b' }] }),
    '501 SandboxNotImplemented',
  );
  const nowhere = arm('POST', path.replace('/vm/', '/none/'), { commandId: 'RunShellScript', script });
  assert.match(await refusal(nowhere), /^404 /);
  await finish(arm, await arm('POST', `${compute}/virtualMachines/vm/powerOff`));
  assert.equal(await post({ commandId: 'RunShellScript', script }), '409 OperationNotAllowed');
});
