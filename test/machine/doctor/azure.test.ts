import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { azureMachine } from '../../../src/drivers/azure/azure-machine.ts';
import { Batch } from '../../../src/drivers/azure/batch.ts';
import { lackingActions } from '../../../src/drivers/azure/diagnosis/permissions.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { openSession } from '../../../src/drivers/azure/session.ts';
import { tokenIdentity } from '../../../src/drivers/azure/token-identity.ts';
import { Secret } from '../../../src/secret/secret.ts';
import type { AzureSubject } from '../../../src/machine/doctor/azure/azure-subject.ts';
import { localClock } from '../../../src/machine/doctor/azure/local-clock.ts';
import { login } from '../../../src/machine/doctor/azure/login.ts';
import { policy } from '../../../src/machine/doctor/azure/policy.ts';
import { providers } from '../../../src/machine/doctor/azure/providers.ts';
import { quota } from '../../../src/machine/doctor/azure/quota.ts';
import { rights } from '../../../src/machine/doctor/azure/rights.ts';
import { subscription } from '../../../src/machine/doctor/azure/subscription.ts';
import { wayToAzure } from '../../../src/machine/doctor/azure/way-to-azure.ts';
import { failureFinding } from '../../../src/machine/doctor/failure-finding.ts';
import { dependencies, scriptedAzure } from '../../drivers/azure/scripted-azure.ts';
import { arm, control } from '../../sandbox/control-calls.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { find, probe, surroundings } from './subjects.ts';

suite('what doctor finds of Azure', () => {
  let sandbox: TestSandbox & AsyncDisposable;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());
  beforeEach(async () => {
    await control(sandbox, 'POST', 'reset');
  });

  /** A machine by the defaults, in the sandbox. */
  function subject(
    rest: Parameters<typeof probe>[1] = {},
    given: Parameters<typeof surroundings>[1] = {},
  ): AzureSubject {
    const environment = { AZDOCK_SANDBOX_DIR: sandbox.directory };
    const around = surroundings('/nowhere', { environment, ...given });
    return { ...around, azure: probe(around, { environment: 'sandbox', ...rest }) };
  }

  test('the way there: it answers, or nobody does', async () => {
    const { verdict, message } = await find(wayToAzure, subject());
    assert.deepEqual([verdict, message], ['ok', `The sandbox answers at ${new URL(sandbox.endpoint).host}.`]);
    const environment = { AZDOCK_SANDBOX_DIR: await elsewhere() };
    const failed = await find(wayToAzure, subject({}, { environment })).catch(failureFinding);
    assert.equal(failed.verdict, 'problem');
    assert.match(failed.fix?.text ?? '', /by HTTPS; behind a proxy, name that in HTTPS_PROXY/);
    assert.match(failed.message, /^127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/);
  });

  /** Directory of a sandbox that is said to be where nobody listens. */
  async function elsewhere(): Promise<string> {
    const directory = await mkdtemp(join(sandbox.directory, 'elsewhere-'));
    const discovery = JSON.parse(await readFile(join(sandbox.directory, 'sandbox.json'), 'utf8'));
    await writeFile(join(directory, 'sandbox.json'), JSON.stringify({ ...discovery, endpoint: 'https://127.0.0.1:1' }));
    return directory;
  }

  test('the clock: right, a little wrong, too wrong', async () => {
    const at = (aheadMs: number) => find(localClock, subject({}, { now: () => new Date(Date.now() + aheadMs) }));
    assert.equal((await at(0)).verdict, 'ok');
    assert.equal((await at(-90_000)).verdict, 'warning');
    const { verdict, message } = await at(600_000);
    assert.equal(verdict, 'problem');
    assert.match(message, /10 min ahead of Azure's/);
  });

  test('the login: how, as whom, and what was not taken; or why none works', async () => {
    const good = await find(login, subject());
    assert.equal(good.verdict, 'ok');
    assert.match(
      good.message,
      new RegExp(`^By client secret, as ${sandbox.clientId}, object [\\w-]+, tenant ${sandbox.tenantId}`),
    );
    const bad = await find(login, subject({ login: 'az' })).catch(failureFinding);
    assert.deepEqual([bad.verdict, bad.fix?.text], ['problem', 'az login']);
  });

  test('which ways were not taken is told with the one that was', async () => {
    const around = surroundings('/nowhere');
    const azure = {
      ...probe(around),
      machine: () => scriptedMachine({}),
      choice: () => ({ way: 'az', tried: [{ way: 'client-secret', why: 'AZURE_CLIENT_ID not set' }] }),
    };
    assert.match(
      (await find(login, { ...around, azure })).message,
      /^By az, .* Not taken: client secret: AZURE_CLIENT_ID not set\.$/,
    );
  });

  test('a token tells who it is for, or nothing', () => {
    const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
    const user = tokenIdentity(jwt({ tid: 't', oid: 'o', upn: 'me@example.com', appid: 'a' }));
    assert.deepEqual(user, { tenantId: 't', objectId: 'o', name: 'me@example.com' });
    for (const token of ['', 'opaque', 'a.b.c', jwt([])])
      assert.deepEqual(tokenIdentity(token), { tenantId: undefined, objectId: undefined, name: undefined });
  });

  test('the subscription: enabled, disabled, past due, and none that this login sees', async () => {
    assert.match((await find(subscription, subject())).message, /^azdock sandbox \(/);
    const look = (body: object, status = 200) => {
      const around = surroundings('/nowhere');
      return find(subscription, {
        ...around,
        azure: { ...probe(around), machine: () => scriptedMachine(body, status) },
      });
    };
    assert.equal((await look({ displayName: 'Contoso', state: 'Disabled' })).verdict, 'problem');
    assert.equal((await look({ displayName: 'Contoso', state: 'PastDue' })).verdict, 'warning');
    const gone = await look({ error: { code: 'SubscriptionNotFound', message: 'No.' } }, 404);
    assert.deepEqual([gone.verdict, gone.fix?.text], ['problem', 'az account list --output table']);
  });

  test('rights: enough, some lacking, and not to be known', async () => {
    assert.equal((await find(rights, subject())).verdict, 'ok');
    await control(sandbox, 'PUT', 'permissions', [
      { actions: ['*'], notActions: ['Microsoft.Network/publicIPAddresses/write'] },
    ]);
    const lacking = await find(rights, subject());
    assert.equal(lacking.verdict, 'problem');
    assert.match(lacking.message, /may not Microsoft\.Network\/publicIPAddresses\/write\.$/);
    assert.match(
      lacking.fix?.text ?? '',
      /^az role assignment create --assignee [\w-]{36} --role Contributor --scope \/subscriptions\//,
    );
    await control(sandbox, 'PUT', 'permissions', []);
    assert.equal((await find(rights, subject())).verdict, 'not-checked');
  });

  test('actions are given by patterns, and taken out again by those of the same role', () => {
    const wanted = ['Microsoft.Compute/virtualMachines/write', 'Microsoft.Network/networkInterfaces/join/action'];
    const of = (...permissions: [string[], string[]?][]) =>
      lackingActions(
        permissions.map(([actions, notActions = []]) => ({ actions, notActions })),
        wanted,
      );
    assert.deepEqual(of([['*']]), []);
    assert.deepEqual(of([['microsoft.compute/*'], []], [['*/join/action']]), []);
    assert.deepEqual(of([['*/read']]), wanted);
    assert.deepEqual(of([['*'], ['Microsoft.Network/*']], [['Microsoft.Network/*/join/action']]), []);
    assert.deepEqual(of([['*'], ['Microsoft.Compute/*/write']]), [wanted[0]]);
    assert.deepEqual(
      of([['Microsoft.Compute/virtualMachines/write*more', 'Microsoft.Compute/virtual*machines/write*write']]),
      wanted,
    );
  });

  test('resource providers: registered, not registered, not to be known', async () => {
    assert.equal((await find(providers, subject())).verdict, 'ok');
    sandbox.server.world.state.unregistered.add('Microsoft.Network');
    const { verdict, fix } = await find(providers, subject());
    assert.deepEqual([verdict, fix?.text], ['warning', 'az provider register --namespace Microsoft.Network --wait']);
    await control(sandbox, 'PUT', 'permissions', []);
    assert.equal((await find(providers, subject())).verdict, 'not-checked');
  });

  test('policies: none, one that refuses, one in the resource group that is there, no right to ask', async () => {
    assert.equal((await find(policy, subject())).verdict, 'ok');
    const rule = { field: 'Microsoft.Compute/virtualMachines/sku.name', equals: 'Standard_B2s_v2' };
    await control(sandbox, 'PUT', 'policies', [{ name: 'small-only', if: rule }]);
    const denied = await find(policy, subject());
    assert.equal(denied.verdict, 'problem');
    assert.equal(denied.message, 'Policy small-only refuses the virtual machine.');
    assert.match(denied.fix?.text ?? '', /^az resource show --ids \/subscriptions\/.*\/policyAssignments\/small-only$/);
    assert.equal((await find(policy, subject({ size: 'Standard_B1s' }))).verdict, 'ok');
    await control(sandbox, 'PUT', 'policies', [{ name: 'audit', effect: 'Audit', if: rule }]);
    assert.equal((await find(policy, subject())).verdict, 'ok');
    await control(sandbox, 'PUT', 'permissions', []);
    const unknown = await find(policy, subject());
    assert.equal(unknown.verdict, 'not-checked');
  });

  test('only what would be denied counts, whatever else Azure tells of', async () => {
    const around = surroundings('/nowhere');
    const look = (policyEffect: string, evaluationResult = 'NonCompliant') => {
      const policyInfo = { policyAssignmentId: '/x/policyAssignments/p' };
      const policyEvaluations = [{ policyInfo, evaluationResult, effectDetails: { policyEffect } }];
      const machine = () => scriptedMachine({ contentEvaluationResult: { policyEvaluations } });
      return find(policy, { ...around, azure: { ...probe(around), machine } });
    };
    assert.equal((await look('Deny')).verdict, 'problem');
    for (const effect of ['Audit', 'Modify', 'Disabled']) assert.equal((await look(effect)).verdict, 'ok', effect);
    assert.equal((await look('Deny', 'Compliant')).verdict, 'ok');
  });

  test('where Azure Policy is not registered it is not checked', async () => {
    const action = { status: 409, code: 'MissingSubscriptionRegistration', message: 'Not registered.' };
    await arm(sandbox, { path: 'checkPolicyRestrictions$', times: 0, action });
    assert.equal((await find(policy, subject())).verdict, 'not-checked');
  });

  test('quota: some left, none for the size, a size that is not offered, no right to look', async () => {
    const good = await find(quota, subject());
    assert.equal(good.verdict, 'ok');
    assert.match(good.message, /Standard_B2s_v2 can be had in westeurope; left: \d+ Bsv2 vCPUs/);
    const short = await find(quota, subject({ size: 'Standard_F8s_v2' }));
    assert.deepEqual([short.verdict, short.fix?.text], ['problem', 'azdock sizes --azure-location westeurope']);
    assert.match(short.message, /4 left/);
    assert.equal((await find(quota, subject({ size: 'Standard_X1' }))).verdict, 'problem');
    await control(sandbox, 'PUT', 'permissions', []);
    assert.equal((await find(quota, subject())).verdict, 'not-checked');
  });

  test('all of that changes nothing', async () => {
    const all = [wayToAzure, localClock, login, subscription, rights, providers, policy, quota];
    await Promise.all(all.map((check) => find(check, subject())));
    const { body } = await control(sandbox, 'GET', 'journal');
    const writes = body.entries.filter(
      ({ method, url }: { method: string; url: string }) =>
        method !== 'GET' && !/\/oauth2\/|checkPolicyRestrictions/.test(url),
    );
    assert.deepEqual(writes, []);
    assert.deepEqual(sandbox.server.world.state.resources(), []);
  });
});

/** A machine in an Azure that gives one answer to everything. */
async function scriptedMachine(body: object, status = 200) {
  const { httpClient } = scriptedAzure(() => ({ status, body }));
  const secret = new Secret('s');
  const login = {
    login: 'client-secret',
    clientId: 'c',
    clientSecret: secret,
    tenantId: 't',
    subscriptionId: 's',
  } as const;
  const { options } = azureOptions(login);
  const world = dependencies({ httpClient });
  const session = await openSession('dev', options, world);
  return azureMachine({
    name: 'dev',
    id: '',
    storeId: undefined,
    options,
    session,
    dependencies: world,
    batch: new Batch(),
  });
}
