import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { needs } from '../skip.ts';
import { compute, location, make, makeMachine, makeNetwork, network, securityRule } from './build-machine.ts';
import { control } from './control-calls.ts';
import { type Arm, finish, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

/** Folder of Microsoft's published specifications. */
const specs = process.env['AZDOCK_SPECS'] ?? '';
const published = needs({ what: 'AZDOCK_SPECS', met: specs !== '' });

/** The api-version on disk for what the sandbox was asked with a newer one. */
function versionOnDisk(url: string): string {
  if (/\/Microsoft\.Compute\/skus/i.test(url)) return '2021-07-01';
  if (/\/disks|\/DiskOperations\//i.test(url)) return '2024-03-02';
  if (/\/providers\/Microsoft\.Compute\/./i.test(url)) return '2024-07-01';
  if (/\/providers\/Microsoft\.Network\/./i.test(url)) return '2024-01-01';
  return /\/subscriptions\/[^/]+(\/locations)?\?/i.test(url) ? '2022-12-01' : '2024-07-01';
}

let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox();
  arm = await openArm(sandbox);
});
after(() => sandbox.stop());

/** Everything the sandbox is asked for, so that its journal holds an answer of each kind. */
async function askForEverything(): Promise<void> {
  await makeNetwork(arm);
  const vm = `${compute}/virtualMachines/vm`;
  await arm('PUT', `${compute}/availabilitySets/set`, { location, sku: { name: 'Aligned' }, tags: { a: 'b' } });
  await makeMachine(arm, 'vm', {
    tags: { a: 'b' },
    properties: {
      availabilitySet: { id: `${arm.subscription}${compute}/availabilitySets/set` },
      securityProfile: {
        securityType: 'TrustedLaunch',
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    },
  });
  const script = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
  await make(arm, `${vm}/extensions/script`, { location, properties: { ...script, settings: { a: 1 } } });
  await make(arm, `${network}/networkSecurityGroups/fw/securityRules/more`, {
    properties: securityRule('more', 200, { destinationPortRanges: ['80', '443'] }).properties,
  });
  await make(arm, `${network}/virtualNetworks/vnet/subnets/t`, { properties: { addressPrefix: '10.0.9.0/24' } });
  await make(arm, `${compute}/disks/data`, {
    location,
    properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 },
  });
  const machines = '/providers/Microsoft.Compute';
  const place = `${machines}/locations/westeurope`;
  const publisher = `${place}/publishers/Canonical/artifacttypes/vmimage/offers`;
  const types = `${place}/publishers/Microsoft.Azure.Extensions/artifacttypes/vmextension/types`;
  for (const path of [
    '?api-version=2022-12-01',
    '/locations?api-version=2022-12-01',
    '/resourcegroups',
    '/resourcegroups/rg',
    '/resources',
    '/resourceGroups/rg/resources',
    '/providers?api-version=2025-04-01',
    ...['networkSecurityGroups', 'virtualNetworks', 'publicIPAddresses', 'networkInterfaces'].flatMap((type) => [
      `${network}/${type}`,
      `/providers/Microsoft.Network/${type}`,
    ]),
    ...['networkSecurityGroups/fw', 'virtualNetworks/vnet', 'publicIPAddresses/vm-ip', 'networkInterfaces/vm-nic'].map(
      (path) => `${network}/${path}`,
    ),
    `${network}/networkSecurityGroups/fw/defaultSecurityRules`,
    `${network}/networkSecurityGroups/fw/securityRules`,
    `${network}/virtualNetworks/vnet/subnets`,
    '/providers/Microsoft.Network/locations/westeurope/usages',
    '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability?domainNameLabel=abc',
    vm,
    `${vm}?$expand=instanceView`,
    `${vm}/instanceView`,
    `${vm}/extensions`,
    `${vm}/extensions/script?$expand=instanceView`,
    `${compute}/virtualMachines`,
    `${machines}/virtualMachines`,
    `${machines}/disks`,
    `${compute}/disks/vm-disk`,
    `${compute}/availabilitySets`,
    `${compute}/availabilitySets/set`,
    `${place}/usages`,
    `${place}/vmSizes`,
    `${machines}/skus?$filter=location%20eq%20'westeurope'&api-version=2021-07-01`,
    publisher,
    `${publisher}/ubuntu-24_04-lts/skus`,
    `${publisher}/ubuntu-24_04-lts/skus/server/versions`,
    `${publisher}/ubuntu-24_04-lts/skus/server/versions/24.04.202610150`,
    types,
    `${types}/CustomScript/versions`,
    `${types}/CustomScript/versions/2.1.19`,
    '/resourceGroups/none',
    `${vm}x`,
  ])
    await arm('GET', path);
  await arm('HEAD', '/resourcegroups/rg');
  for (const action of ['powerOff', 'start', 'restart', 'deallocate'])
    await finish(arm, await arm('POST', `${vm}/${action}`));
  await finish(arm, await arm('PATCH', vm, { tags: {} }));
  for (const path of [
    vm,
    `${compute}/disks/data`,
    `${compute}/availabilitySets/set`,
    `${network}/networkInterfaces/vm-nic`,
  ])
    await finish(arm, await arm('DELETE', path));
  await finish(arm, await arm('DELETE', '/resourcegroups/rg'));
}

test('what the sandbox answers is what Microsoft publishes that Azure answers', published, async () => {
  await askForEverything();
  const { body } = await control(sandbox, 'GET', 'journal');
  const { LiveValidator } = await import('oav');
  const { log } = await import('oav/dist/lib/util/logging.js');
  log.consoleLogLevel = 'off';
  const validator = new LiveValidator({
    directory: `${specs}/swagger`,
    swaggerPathsPattern: ['specification/**/resource-manager/**/stable/*/*.json'],
    git: { shouldClone: false, url: '' },
    loadValidatorInBackground: false,
    isArmCall: true,
  });
  await validator.initialize();
  const found: string[] = [];
  let checked = 0;
  for (const entry of body.entries.filter(({ url }: Json) => url.startsWith('/subscriptions'))) {
    const problems = await validate(validator, entry);
    if (!problems) continue;
    checked += 1;
    found.push(...problems.map((problem) => `${entry.method} ${entry.url} ${entry.status}: ${problem}`));
  }
  assert.deepEqual(found, []);
  assert.ok(checked > 60, `only ${checked} answers were checked`);
});

/** Problems of one answer; `undefined` for what no specification describes: the addresses of operations. */
async function validate(validator: Json, entry: Json): Promise<string[] | undefined> {
  if (/\/(operations|DiskOperations|operationResults)\//i.test(entry.url)) return undefined;
  const url = `${sandbox.endpoint}${entry.url}`.replace(
    /api-version=[\d-]+/,
    `api-version=${versionOnDisk(entry.url)}`,
  );
  const result = await validator.validateLiveRequestResponse({
    liveRequest: {
      method: entry.method,
      url,
      headers: { ...entry.requestHeaders, 'content-type': 'application/json' },
      query: Object.fromEntries(new URL(url).searchParams),
      body: entry.requestBody ?? undefined,
    },
    liveResponse: {
      statusCode: String(entry.status),
      headers: { 'content-type': 'application/json', ...entry.responseHeaders },
      body: entry.responseBody ?? undefined,
    },
  });
  const { errors = [], runtimeException } = result.responseValidationResult;
  return [...errors, ...(runtimeException ? [runtimeException] : [])].map(
    ({ code, message, pathsInPayload }: Json) => `${code} ${message} at ${pathsInPayload?.join(' ')}`,
  );
}
