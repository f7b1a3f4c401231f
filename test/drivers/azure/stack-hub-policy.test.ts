import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { runSteps } from '../../../src/steps/run-steps.ts';
import { echoAzure } from './echo-azure.ts';
import { creation, memoryJournal } from './memory-journal.ts';
import { dependencies } from './scripted-azure.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-hub-'));
});
after(() => rm(folder, { recursive: true }));

async function createOn(environment: string) {
  const file = join(folder, 'environment.json');
  const stack = {
    resourceManagerEndpoint: 'https://management.local.azurestack.external',
    activeDirectoryEndpoint: 'https://login.local.azurestack.external',
  };
  await writeFile(file, JSON.stringify({ name: 'AzureStackCloud', ...stack }));
  const azure = echoAzure((call) => {
    if (call.path.endsWith('/versions')) return { status: 200, body: [{ name: '24.04.1', location: 'x' }] };
    if (call.path.includes('/artifacttypes/')) return { status: 200, body: { properties: { hyperVGeneration: 'V2' } } };
    return undefined;
  });
  const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
  const { options } = azureOptions({ ...login, environment, allowFrom: ['*'], availabilitySet: 'set' });
  const given = dependencies({ httpClient: azure.httpClient, environment: { AZURE_ENVIRONMENT_FILEPATH: file } });
  const driver = createAzureDriver({ name: 'dev', id: 'id-1', options, dependencies: given });
  const signal = new AbortController().signal;
  const context = creation('dev', 'id-1', memoryJournal());
  await runSteps({ steps: driver.creationSteps(), context, progress: silentProgress, signal });
  const version = (path: RegExp) => {
    const call = azure.calls.find((one) => path.test(one.path) && one.method === 'PUT');
    return new URL(call?.url ?? '').searchParams.get('api-version');
  };
  const puts = azure.calls.filter(({ method }) => method === 'PUT');
  return { version, puts, calls: azure.calls };
}

test('an Azure Stack Hub is asked in the words of its profile', async () => {
  const { version, puts, calls } = await createOn('AzureStackCloud');
  assert.equal(version(/virtualMachines\/dev$/i), '2020-06-01');
  assert.equal(version(/availabilitySets\/set$/i), '2020-06-01');
  assert.equal(version(/networkInterfaces\/dev-nic$/i), '2018-11-01');
  assert.equal(version(/resourceGroups\/[^/]+$/i), '2019-10-01');
  const bodies = puts.map(({ body }) => body).join('\n');
  assert.doesNotMatch(bodies, /deleteOption|defaultOutboundAccess|securityProfile|diagnosticsProfile|Standard","tier/);
  const publicIp = JSON.parse(puts.find(({ path }) => path.endsWith('dev-ip'))?.body ?? '');
  assert.deepEqual(publicIp.sku, { name: 'Basic' });
  const set = JSON.parse(puts.find(({ path }) => path.endsWith('/set'))?.body ?? '');
  assert.deepEqual(set.sku, { name: 'Aligned' });
  assert.ok(calls.every(({ url }) => url.startsWith('https://management.local.azurestack.external/')));
});

test('Microsoft’s own clouds are asked in the newest words', async () => {
  const { version, puts } = await createOn('AzurePublicCloud');
  assert.ok((version(/virtualMachines\/dev$/i) ?? '') > '2024');
  assert.match(puts.map(({ body }) => body).join('\n'), /"deleteOption":"Delete"/);
});
