import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refusal } from './build-machine.ts';
import { type Arm, openArm, rawRequest } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox();
  arm = await openArm(sandbox);
});
after(() => sandbox.stop());

const raw = (path: string, token?: string) => rawRequest(sandbox, 'GET', path, token === undefined ? {} : { token });

test('a call without api-version is refused', async () => {
  const answer = raw(`${arm.subscription}/resourcegroups`, arm.token);
  assert.equal(await refusal(answer), '400 MissingApiVersionParameter');
});

test('an api-version that is not known is refused with a list of those that are', async () => {
  const answer = await arm('GET', '/providers/Microsoft.Compute/virtualMachines?api-version=2016-03-30');
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error.code, 'NoRegisteredProviderFound');
  assert.match(answer.body.error.message, /2026-04-01, .*2024-07-01/);
  assert.match(answer.body.error.message, /for type 'virtualMachines'/);
  const group = await arm('GET', '/resourcegroups?api-version=1999-01-01');
  assert.equal(group.body.error.code, 'InvalidApiVersionParameter');
});

test('each set of api-versions is known to its own provider only', async () => {
  for (const version of ['2026-04-01', '2026-03-01', '2025-11-01', '2025-04-01', '2024-07-01'])
    assert.equal((await arm('GET', `/providers/Microsoft.Compute/virtualMachines?api-version=${version}`)).status, 200);
  for (const version of ['2026-03-02', '2025-01-02', '2024-03-02'])
    assert.equal((await arm('GET', `/providers/Microsoft.Compute/disks?api-version=${version}`)).status, 200);
  for (const version of ['2026-01-01', '2025-07-01', '2025-05-01', '2025-03-01', '2024-01-01'])
    assert.equal((await arm('GET', `/providers/Microsoft.Network/virtualNetworks?api-version=${version}`)).status, 200);
  assert.equal((await arm('GET', '/providers/Microsoft.Compute/disks?api-version=2026-04-01')).status, 400);
});

test('a call without a token is refused and told where its tenant logs in', async () => {
  const answer = await raw(`${arm.subscription}?api-version=2022-12-01`);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.error.code, 'AuthenticationFailed');
  assert.match(
    answer.headers['www-authenticate'] ?? '',
    new RegExp(`^Bearer authorization_uri="${sandbox.endpoint}/${sandbox.tenantId}", error="invalid_token"`),
  );
});

test('a token that the sandbox did not sign is refused', async () => {
  const [header, payload] = arm.token.split('.');
  const answer = raw(`${arm.subscription}?api-version=2022-12-01`, `${header}.${payload}.AAAA`);
  assert.equal(await refusal(answer), '401 InvalidAuthenticationToken');
});

test('paths and names are compared without case, and answers keep the spelling of the creation', async () => {
  await arm('PUT', '/resourceGroups/MyGroup', { location: 'West Europe' });
  const answer = await arm('GET', '/RESOURCEGROUPS/mygroup');
  assert.equal(answer.status, 200);
  assert.equal(answer.body.name, 'MyGroup');
  assert.equal(answer.body.location, 'westeurope');
});

test('what is not implemented says so, with the route', async () => {
  const answer = await arm('GET', '/providers/Microsoft.Storage/storageAccounts?api-version=2024-01-01');
  assert.equal(answer.status, 501);
  assert.equal(answer.body.error.code, 'SandboxNotImplemented');
  assert.match(answer.body.error.message, /GET \/subscriptions\/.*\/storageAccounts/);
  assert.equal(await refusal(raw('/nowhere')), '501 SandboxNotImplemented');
});

test('another subscription is not found, and a malformed one is invalid', async () => {
  const other = '/subscriptions/00000000-0000-4000-8000-000000000000/resourcegroups';
  assert.equal(await refusal(arm('GET', other)), '404 SubscriptionNotFound');
  assert.equal(await refusal(arm('GET', '/subscriptions/mine/resourcegroups')), '400 InvalidSubscriptionId');
});

test('every answer carries request ids, the date and what is left of the rate limits', async () => {
  const answer = await arm('GET', '/resourcegroups', undefined, { 'x-ms-correlation-request-id': 'mine' });
  const { headers } = answer;
  for (const name of [
    'x-ms-request-id',
    'x-ms-routing-request-id',
    'date',
    'x-ms-ratelimit-remaining-subscription-global-reads',
  ])
    assert.ok(headers[name], name);
  assert.equal(headers['x-ms-correlation-request-id'], 'mine');
  assert.ok(Number(headers['x-ms-ratelimit-remaining-subscription-reads']) < 250);
  const machines = await arm('GET', '/providers/Microsoft.Compute/virtualMachines');
  assert.match(
    String(machines.headers['x-ms-ratelimit-remaining-resource']),
    /^Microsoft\.Compute\/HighCostGetSubscription;\d+$/,
  );
  const refused = await arm('GET', '/resourceGroups/none');
  assert.ok(refused.headers['x-ms-request-id']);
});

test('a body that is no JSON is refused', async () => {
  const answer = rawRequest(sandbox, 'PUT', `${arm.subscription}/resourcegroups/x?api-version=2025-04-01`, {
    token: arm.token,
    body: '{broken',
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(await refusal(answer), '400 InvalidRequestContent');
});

test('a group that is missing hides what is in it', async () => {
  const path = '/resourceGroups/none/providers/Microsoft.Compute/virtualMachines/vm';
  assert.equal(await refusal(arm('GET', path)), '404 ResourceGroupNotFound');
  assert.equal(await refusal(arm('DELETE', '/resourceGroups/none')), '404 ResourceGroupNotFound');
});

test('a provider that is not registered refuses writes until it is', async () => {
  await arm('PUT', '/resourceGroups/reg', { location: 'westeurope' });
  assert.equal((await arm('GET', '/providers/Microsoft.Network')).body.registrationState, 'Registered');
  const version = '?api-version=2025-04-01';
  await arm('POST', `/providers/microsoft.network/unregister${version}`);
  const path = '/resourceGroups/reg/providers/Microsoft.Network/networkSecurityGroups/x';
  assert.equal(await refusal(arm('PUT', path, { location: 'westeurope' })), '409 MissingSubscriptionRegistration');
  const registered = await arm('POST', `/providers/Microsoft.Network/register${version}`);
  assert.equal(registered.body.registrationState, 'Registered');
  assert.equal((await arm('PUT', path, { location: 'westeurope' })).status, 201);
});
