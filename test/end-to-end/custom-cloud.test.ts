import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { World } from './azdock.ts';

test('a cloud of one’s own is used by the address of its Resource Manager alone', async (t) => {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  t.after(() => world.destroy());
  await world.ok(['sandbox', 'up']);
  const sandbox = JSON.parse(await readFile(join(world.sandboxDirectory, 'sandbox.json'), 'utf8'));
  const env = {
    AZURE_ENVIRONMENT: sandbox.endpoint,
    AZURE_SUBSCRIPTION_ID: sandbox.subscriptionId,
    AZURE_CLIENT_ID: sandbox.clientId,
    AZURE_CLIENT_SECRET: sandbox.clientSecret,
    AZDOCK_AZURE_ALLOW_FROM: '*',
    NODE_EXTRA_CA_CERTS: sandbox.caFile,
  };
  const made = await world.run(['create', 'dev'], { env: { ...env, AZURE_LOCATION: 'northeurope' } });
  // Guests of a sandbox that runs without root may answer SSH on another port than Azure's machines do.
  if (sandbox.sshPort === 22) assert.equal(made.code, 0, made.stderr);
  const record = JSON.parse(await world.file('dev', 'config.json'));
  assert.equal(record.Driver.Environment, sandbox.endpoint);
  const removed = await world.run(['rm', '-y', 'dev'], { env });
  assert.equal(removed.code, 0, removed.stderr);

  const untrusted = await world.run(['create', 'dev'], { env: { ...env, NODE_EXTRA_CA_CERTS: '' } });
  assert.equal(untrusted.code, 2);
  assert.match(untrusted.stderr, /--azure-environment https:\/\/127\.0\.0\.1:\d+: it does not answer: .*certificate/);
});
