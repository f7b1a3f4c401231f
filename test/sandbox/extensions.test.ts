import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compute, location, makeMachine, makeNetwork, refusal } from './build-machine.ts';
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
  await makeMachine(arm, 'vm');
});
after(() => sandbox.stop());

const at = (name: string) => `${compute}/virtualMachines/vm/extensions/${name}`;
const types =
  '/providers/Microsoft.Compute/locations/westeurope/publishers/Microsoft.Azure.Extensions/artifacttypes/vmextension/types';

const body = (type: string, version: string, more: Json = {}) => ({
  location,
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type,
    typeHandlerVersion: version,
    autoUpgradeMinorVersion: true,
    ...more,
  },
});

const put = async (name: string, what: Json) => finish(arm, await arm('PUT', at(name), what));

test('the handler runs once for each change of its settings, under a sequence number that goes up', async () => {
  const settings = (command: string) =>
    body('CustomScript', '2.1', { protectedSettings: { commandToExecute: command } });
  await put('script', settings('one'));
  await put('script', settings('one'));
  await put('script', settings('two'));
  await put('script', { ...settings('two'), properties: { ...settings('two').properties, forceUpdateTag: 'again' } });
  assert.deepEqual(
    guests.runs.map(({ sequence, version, protectedSettings }) => [sequence, version, protectedSettings]),
    [
      [0, '2.1.19', { commandToExecute: 'one' }],
      [1, '2.1.19', { commandToExecute: 'two' }],
      [2, '2.1.19', { commandToExecute: 'two' }],
    ],
  );
});

test('protected settings are never given back', async () => {
  const { text } = await arm('GET', `${at('script')}?$expand=instanceView`);
  assert.match(text, /"settings"|"publisher"/);
  assert.doesNotMatch(text, /protectedSettings|two/);
});

test('a failing handler fails the operation with its message, which the instance view repeats', async () => {
  guests.verdict = { ok: false, message: 'Enable failed: exit status=7\n[stdout]\nhalf done' };
  const failed = await put('script', body('CustomScript', '2.1', { settings: { commandToExecute: 'false' } }));
  assert.equal(failed.body.status, 'Failed');
  assert.equal(failed.body.error.code, 'VMExtensionProvisioningError');
  assert.match(
    failed.body.error.message,
    /processing extension 'script' .* Error message: "Enable failed: exit status=7/,
  );
  const { body: shown } = await arm('GET', `${at('script')}?$expand=instanceView`);
  assert.equal(shown.properties.provisioningState, 'Failed');
  const [status] = shown.properties.instanceView.statuses;
  assert.equal(`${status.code} ${status.level}`, 'ProvisioningState/failed Error');
  assert.match(status.message, /half done/);
  guests.verdict = { ok: true, message: 'Enable succeeded' };
});

test("the machine's instance view tells of the handler, and the time of a report stays that of the report", async () => {
  const view = async () => (await arm('GET', `${compute}/virtualMachines/vm/instanceView`)).body;
  const { vmAgent, extensions } = await view();
  assert.deepEqual(
    vmAgent.extensionHandlers.map(({ type, typeHandlerVersion, status }: Json) => [
      type,
      typeHandlerVersion,
      status.displayStatus,
    ]),
    [['Microsoft.Azure.Extensions.CustomScript', '2.1.19', 'Ready']],
  );
  const [{ statuses }] = extensions;
  assert.equal((await view()).extensions[0].statuses[0].time, statuses[0].time);
});

test('a machine takes one extension of a handler', async () => {
  assert.equal(await refusal(arm('PUT', at('second'), body('CustomScript', '2.1'))), '409 Conflict');
});

test('unknown handlers, unknown versions and other places are refused', async () => {
  assert.equal(await refusal(arm('PUT', at('x'), body('Nothing', '1.0'))), '404 ArtifactNotFound');
  assert.equal(await refusal(arm('PUT', at('x'), body('DockerExtension', '7.0'))), '404 ArtifactVersionNotFound');
  assert.equal(await refusal(arm('PUT', at('x'), body('DockerExtension', '1.2.2'))), '400 InvalidParameter');
  const elsewhere = { ...body('DockerExtension', '1.2'), location: 'eastus' };
  assert.equal(await refusal(arm('PUT', at('x'), elsewhere)), '400 InvalidParameter');
  const none = `${compute}/virtualMachines/none/extensions/x`;
  assert.equal(await refusal(arm('PUT', none, body('CustomScript', '2.1'))), '404 ParentResourceNotFound');
});

test('an extension that is deleted leaves the guest, and another can follow', async () => {
  await finish(arm, await arm('DELETE', at('script')));
  assert.deepEqual(guests.removedExtensions, ['CustomScript']);
  assert.equal((await arm('DELETE', at('script'))).status, 204);
  assert.equal(await refusal(arm('GET', at('script'))), '404 ResourceNotFound');
});

test('DockerExtension as it may be: published and working', async () => {
  const listed = await arm('GET', types);
  assert.ok(Array.isArray(listed.body));
  assert.deepEqual(
    listed.body.map(({ name }: Json) => name),
    ['CustomScript', 'DockerExtension'],
  );
  const versions = await arm(
    'GET',
    `${types}/DockerExtension/versions?$orderby=name desc&$top=1`.replaceAll(' ', '%20'),
  );
  assert.deepEqual(
    versions.body.map(({ name }: Json) => name),
    ['1.2.2'],
  );
  const detail = await arm('GET', `${types}/DockerExtension/versions/1.2.2`);
  assert.equal(detail.body.properties.supportsMultipleExtensions, false);
  const runs = guests.runs.length;
  assert.equal((await put('docker', body('DockerExtension', '1.0'))).body.status, 'Succeeded');
  assert.equal(guests.runs[runs]?.version, '1.2.2');
  await finish(arm, await arm('DELETE', at('docker')));
});

test('DockerExtension as it may be: published and failing, without touching the guest', async () => {
  sandbox.server.world.settings.dockerExtension = 'fails';
  const runs = guests.runs.length;
  const accepted = await arm('PUT', at('docker'), body('DockerExtension', '1.0'));
  assert.equal(accepted.status, 201);
  const failed = await finish(arm, accepted);
  assert.equal(failed.body.error.code, 'VMExtensionProvisioningError');
  assert.match(failed.body.error.message, /Enable Docker failed: .*get\.docker\.com.*exit status 100/);
  assert.equal(guests.runs.length, runs);
  await finish(arm, await arm('DELETE', at('docker')));
});

test('DockerExtension as it may be: not published', async () => {
  sandbox.server.world.settings.dockerExtension = 'absent';
  assert.deepEqual(
    (await arm('GET', types)).body.map(({ name }: Json) => name),
    ['CustomScript'],
  );
  assert.deepEqual((await arm('GET', `${types}/DockerExtension/versions`)).body, []);
  assert.equal(await refusal(arm('GET', `${types}/DockerExtension/versions/1.2.2`)), '404 ArtifactNotFound');
  assert.equal(await refusal(arm('PUT', at('docker'), body('DockerExtension', '1.0'))), '404 ArtifactNotFound');
});

test('suppressed failures let the operation succeed', async () => {
  guests.verdict = { ok: false, message: 'no' };
  const end = await put('script', body('CustomScript', '2.1', { suppressFailures: true }));
  assert.equal(end.body.status, 'Succeeded');
  guests.verdict = { ok: true, message: '' };
});
