import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { ArmError } from '../../../src/errors/arm-error.ts';
import { PreCreateCheckError } from '../../../src/errors/pre-create-check-error.ts';
import { TimeoutError } from '../../../src/errors/timeout-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { sku, skus } from './resource-skus.ts';
import { type Answer, type Call, dependencies, refusal, scriptedAzure } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };

/** Everything is as it should be, but for what the test says. */
function check(
  given: { values?: AzureOptionValues; name?: string; instead?: (call: Call) => Answer | undefined } = {},
) {
  const { options } = azureOptions({ ...login, ...given.values });
  const azure = scriptedAzure((call) => given.instead?.(call) ?? healthy(call));
  const driver = createAzureDriver({
    name: given.name ?? 'dev',
    id: 'id-1',
    options,
    dependencies: dependencies({ httpClient: azure.httpClient }),
  });
  return { run: driver.check(), azure };
}

function healthy({ path }: Call): Answer {
  if (path.endsWith('/skus')) return skus([sku({ name: 'Standard_B2s_v2', family: 'standardBsv2Family' })]);
  if (path.endsWith('/usages'))
    return { status: 200, body: { value: [{ name: { value: 'cores' }, currentValue: 8, limit: 10, unit: 'Count' }] } };
  if (path.endsWith('/versions')) return { status: 200, body: [{ name: '24.04.1', location: 'x' }] };
  if (path.includes('/artifacttypes/')) return { status: 200, body: { properties: { hyperVGeneration: 'V2' } } };
  if (/\/providers\/Microsoft\.\w+$/.test(path)) return { status: 200, body: { registrationState: 'Registered' } };
  if (/checkDnsNameAvailability$/i.test(path)) return { status: 200, body: { available: true } };
  return refusal(404, 'ResourceNotFound', 'Not found.');
}

const fails = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof PreCreateCheckError, String(error));
  assert.match(error.message, message);
  return true;
};

test('a machine that can be made passes, and nothing is written', async () => {
  const { run, azure } = check({ values: { dnsLabel: 'dev-1' } });
  await run;
  assert.ok(azure.calls.every(({ method }) => method === 'GET'));
});

test("a VM of that name is found, in docker-machine's words", async () => {
  const { run } = check({
    instead: ({ path }) => (path.endsWith('/virtualMachines/dev') ? { status: 200, body: {} } : undefined),
  });
  await assert.rejects(run, fails(/^Virtual Machine with name dev already exists in resource group "docker-machine"/));
});

test('an image that does not exist is found, whether Azure says 404 or lists nothing', async () => {
  const absent = check({
    instead: ({ path }) => (path.includes('/artifacttypes/') ? refusal(404, 'NotFound', 'No.') : undefined),
  });
  await assert.rejects(absent.run, fails(/has no image Canonical:ubuntu-24_04-lts:server:latest/));
  const empty = check({ instead: ({ path }) => (path.endsWith('/versions') ? { status: 200, body: [] } : undefined) });
  await assert.rejects(empty.run, fails(/has no image/));
});

test('a DNS label that is taken and a network in another region are found', async () => {
  const taken = check({
    values: { dnsLabel: 'dev-1' },
    instead: ({ path }) =>
      /checkDnsNameAvailability$/i.test(path) ? { status: 200, body: { available: false } } : undefined,
  });
  await assert.rejects(taken.run, fails(/dev-1\.westeurope\.cloudapp\.azure\.com is taken/));
  const elsewhere = check({
    instead: ({ path }) =>
      path.includes('/virtualNetworks/') ? { status: 200, body: { location: 'westus' } } : undefined,
  });
  await assert.rejects(elsewhere.run, fails(/docker-machine-vnet is in westus/));
});

test('several failures are told at once', async () => {
  const { run } = check({
    values: { size: 'Standard_X1' },
    instead: ({ path }) => (path.endsWith('/virtualMachines/dev') ? { status: 200, body: {} } : undefined),
  });
  await assert.rejects(run, (error: unknown) => {
    assert.ok(error instanceof PreCreateCheckError);
    assert.match(error.details.join(), /does not offer Standard_X1/);
    return true;
  });
});

test('a name that no VM can have and a custom-data file that is not there are usage errors', async () => {
  await assert.rejects(check({ name: 'dev-' }).run, UsageError);
  await assert.rejects(check({ values: { customDataFile: '/nowhere/cloud.yml' } }).run, UsageError);
});

test('a provider that is not registered is registered and waited for', async () => {
  let asked = 0;
  const { run, azure } = check({
    instead: ({ method, path }) => {
      if (method === 'POST') return { status: 200, body: { registrationState: 'Registering' } };
      if (!path.endsWith('/providers/Microsoft.Network')) return undefined;
      asked += 1;
      return { status: 200, body: { registrationState: asked < 3 ? 'NotRegistered' : 'Registered' } };
    },
  });
  await run;
  assert.deepEqual(
    azure.calls.filter(({ method }) => method === 'POST').map(({ path }) => path),
    ['/subscriptions/sub/providers/Microsoft.Network/register'],
  );
});

test('an availability set and a proximity placement group that do not say where they are, are where they are looked for', async () => {
  const { run } = check({
    values: { availabilitySet: 'set', proximityPlacementGroup: 'near' },
    instead: ({ path }) => {
      const id = path.replace(/[^/]+\/set$/, 'proximityPlacementGroups/near');
      if (path.endsWith('/availabilitySets/set'))
        return { status: 200, body: { sku: { name: 'Aligned' }, properties: { proximityPlacementGroup: { id } } } };
      return path.endsWith('/proximityPlacementGroups/near') ? { status: 200, body: {} } : undefined;
    },
  });
  await run;
});

test('a registration that never ends is given up with a command that looks at it', async () => {
  const { run } = check({
    instead: ({ method, path }) =>
      method === 'POST' || path.endsWith('/providers/Microsoft.Network')
        ? { status: 200, body: { registrationState: 'Registering' } }
        : undefined,
  });
  await assert.rejects(run, (error: unknown) => {
    assert.ok(error instanceof TimeoutError, String(error));
    assert.match(error.message, /has been registering Microsoft\.Network for 10 minutes, and is not done\.$/);
    assert.match(error.nextSteps[0]?.command ?? '', /^az provider show -n Microsoft\.Network --subscription sub /);
    return true;
  });
});

test('what a login may not read is left to the creation, and what forbids the creation itself is not', async () => {
  const blind = check({
    instead: ({ path }) => (path.endsWith('/skus') ? refusal(403, 'AuthorizationFailed', 'No.') : undefined),
  });
  await blind.run;
  const forbidden = check({
    instead: ({ path }) =>
      path.endsWith('/virtualMachines/dev') ? refusal(403, 'AuthorizationFailed', 'No.') : undefined,
  });
  await assert.rejects(forbidden.run, (error: unknown) => error instanceof ArmError && error.exitCode === 6);
});
