import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { location, make } from './build-machine.ts';
import { dockerParameters, dockerTemplate } from './docker-template.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, finish, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await make(arm, '/resourcegroups/rg', { location });
});
after(() => sandbox?.stop());

const at = '/resourcegroups/rg/providers/Microsoft.Resources/deployments';

test('a template of two machines with Docker makes them, in the order that it demands', async () => {
  const properties = { mode: 'Incremental', template: dockerTemplate(), parameters: dockerParameters() };
  const accepted = await arm('PUT', `${at}/docker`, { properties });
  assert.equal(accepted.status, 201, accepted.text);
  assert.equal(accepted.body.properties.provisioningState, 'Accepted');
  assert.match(String(accepted.headers['azure-asyncoperation']), /deployments\/docker\/operationStatuses\//);
  const end = await finish(arm, accepted);
  assert.equal(end.body.status, 'Succeeded', end.text);
  const { body } = await arm('GET', `${at}/docker`);
  assert.equal(body.properties.provisioningState, 'Succeeded');
  assert.deepEqual(body.properties.outputs.addresses, { type: 'Array', value: ['203.0.113.1', '203.0.113.2'] });
  assert.deepEqual(body.properties.outputs.keys, { type: 'SecureString' });
  assert.equal(guests.guests.size, 2);
  assert.equal(guests.runs.length, 2);
  assert.equal(body.properties.outputResources.length, 10);
});
