import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ClientSecretCredential, DeviceCodeCredential, WorkloadIdentityCredential } from '@azure/identity';
import { trust } from './azure-clients.ts';
import { ManualClock } from './manual-clock.ts';
import { refusal } from './build-machine.ts';
import { fetchToken, rawRequest } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const scope = 'https://management.azure.com/.default';
let sandbox: TestSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.stop());

const options = () => ({
  authorityHost: sandbox.endpoint,
  disableInstanceDiscovery: true,
  additionalPolicies: [trust(sandbox.ca)],
});

const subscriptionStatus = async (token: string | undefined, at = sandbox): Promise<number> =>
  (await rawRequest(at, 'GET', `/subscriptions/${at.subscriptionId}?api-version=2022-12-01`, token ? { token } : {}))
    .status;

test('a client secret logs in', async () => {
  const { tenantId, clientId, clientSecret } = sandbox;
  const token = await new ClientSecretCredential(tenantId, clientId, clientSecret, options()).getToken(scope);
  assert.equal(await subscriptionStatus(token.token), 200);
});

test('a wrong client secret, client or tenant is refused in the words of Entra', async () => {
  const { tenantId, clientId } = sandbox;
  await assert.rejects(
    new ClientSecretCredential(tenantId, clientId, 'wrong', options()).getToken(scope),
    /AADSTS7000215/,
  );
  await assert.rejects(
    new ClientSecretCredential(tenantId, tenantId, 'wrong', options()).getToken(scope),
    /AADSTS700016/,
  );
  const stranger = '00000000-0000-4000-8000-000000000000';
  const answer = await rawRequest(sandbox, 'GET', `/${stranger}/v2.0/.well-known/openid-configuration`);
  assert.equal(answer.status, 400);
  assert.match(answer.body.error_description, /^AADSTS90002/);
});

test('a workload logs in with the token of its own issuer, unless that has expired', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'azdock-workload-'));
  const tokenFilePath = join(directory, 'token');
  const jwt = (exp: number) =>
    ['e30', Buffer.from(JSON.stringify({ iss: 'https://ci', exp })).toString('base64url'), 'c2ln'].join('.');
  const login = () => {
    const { tenantId, clientId } = sandbox;
    return new WorkloadIdentityCredential({ ...options(), tenantId, clientId, tokenFilePath }).getToken(scope);
  };
  try {
    await writeFile(tokenFilePath, jwt(Math.floor(Date.now() / 1000) + 60));
    assert.equal(await subscriptionStatus((await login()).token), 200);
    await writeFile(tokenFilePath, jwt(1));
    await assert.rejects(login(), /AADSTS700024/);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('a device code is approved after one poll, and its refresh token gives another access token', async () => {
  let message = '';
  const credential = new DeviceCodeCredential({
    ...options(),
    tenantId: sandbox.tenantId,
    clientId: sandbox.clientId,
    userPromptCallback: (info) => {
      message = info.message;
    },
  });
  const { token } = await credential.getToken(scope);
  assert.match(message, /enter the code [A-Z]{9}/);
  assert.equal(await subscriptionStatus(token), 200);
  const record = await credential.authenticate(scope);
  assert.equal(record?.tenantId, sandbox.tenantId);
});

test('a refresh token is good for its own client only', async () => {
  const path = `/${sandbox.tenantId}/oauth2/v2.0`;
  const form = (fields: Record<string, string>) => ({ body: String(new URLSearchParams(fields)) });
  const begun = await rawRequest(sandbox, 'POST', `${path}/devicecode`, form({ client_id: 'app', scope }));
  const grant = { grant_type: 'device_code', client_id: 'app', device_code: begun.body.device_code };
  const pending = await rawRequest(sandbox, 'POST', `${path}/token`, form(grant));
  assert.equal(pending.body.error, 'authorization_pending');
  const tokens = (await rawRequest(sandbox, 'POST', `${path}/token`, form(grant))).body;
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, scope };
  const other = await rawRequest(sandbox, 'POST', `${path}/token`, form({ ...refresh, client_id: 'thief' }));
  assert.equal(other.body.error, 'invalid_grant');
  const again = await rawRequest(sandbox, 'POST', `${path}/token`, form({ ...refresh, client_id: 'app' }));
  assert.equal(await subscriptionStatus(again.body.access_token), 200);
  assert.equal(await subscriptionStatus(tokens.refresh_token), 401);
});

test('a token expires', async () => {
  const clock = new ManualClock();
  await using other = await startTestSandbox({ clock });
  const token = await fetchToken(other);
  assert.equal(await subscriptionStatus(token, other), 200);
  await clock.advance(3600);
  const answer = rawRequest(other, 'GET', `/subscriptions/${other.subscriptionId}?api-version=2022-12-01`, { token });
  assert.equal(await refusal(answer), '401 ExpiredAuthenticationToken');
});

test('the OpenID configuration names endpoints of this sandbox, and its keys are served', async () => {
  const { body } = await rawRequest(sandbox, 'GET', `/${sandbox.tenantId}/v2.0/.well-known/openid-configuration`);
  assert.equal(body.token_endpoint, `${sandbox.endpoint}/${sandbox.tenantId}/oauth2/v2.0/token`);
  const keys = await rawRequest(sandbox, 'GET', body.jwks_uri);
  assert.equal(keys.body.keys[0].crv, 'P-256');
  const discovery = await rawRequest(sandbox, 'GET', '/common/discovery/instance?api-version=1.1');
  assert.match(discovery.body.tenant_discovery_endpoint, new RegExp(sandbox.tenantId));
});
