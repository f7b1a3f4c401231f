import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { PreCreateCheckError } from '../../../src/errors/pre-create-check-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { sku, skus, usages } from './resource-skus.ts';
import { type Answer, type Call, dependencies, refusal, scriptedAzure } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
const offered = [
  sku({ name: 'Standard_B2s_v2', family: 'standardBsv2Family', capabilities: { LowPriorityCapable: 'False' } }),
  sku({ name: 'Standard_D2s_v5', family: 'standardDSv5Family' }),
  sku({ name: 'Standard_D4s_v5', family: 'standardDSv5Family', vCpus: 4, memoryGiB: 16 }),
  sku({ name: 'Standard_D2as_v5', family: 'standardDASv5Family' }),
  sku({ name: 'Standard_D2s_v3', family: 'standardDSv3Family', closed: 'all' }),
  sku({ name: 'Standard_D2s_v6', family: 'StandardDsv6Family', closed: ['2'] }),
  sku({ name: 'Standard_D2ps_v5', family: 'standardDPSv5Family', capabilities: { CpuArchitectureType: 'Arm64' } }),
  sku({ name: 'Standard_D2_v2', family: 'standardDv2Family', capabilities: { RetirementDateUtc: '05/01/2028' } }),
];
const room = usages(
  ['cores', 0, 100],
  ['lowPriorityCores', 1, 3],
  ['standardDSv5Family', 8, 10],
  ['standardDASv5Family', 9, 10],
);

function check(values: AzureOptionValues, instead: (call: Call) => Answer | undefined = () => undefined) {
  const { options } = azureOptions({ ...login, ...values });
  const azure = scriptedAzure((call) => instead(call) ?? healthy(call));
  const driver = createAzureDriver({
    name: 'dev',
    id: 'id-1',
    options,
    dependencies: dependencies({ httpClient: azure.httpClient }),
  });
  return { run: driver.check(), azure };
}

function healthy({ path }: Call): Answer {
  if (path.endsWith('/skus')) return skus(offered);
  if (path.endsWith('/usages')) return room;
  if (path.endsWith('/locations'))
    return { status: 200, body: { value: [{ name: 'westeurope' }, { name: 'northeurope' }] } };
  if (path.endsWith('/versions')) return { status: 200, body: [{ name: '24.04.1', location: 'x' }] };
  if (path.includes('/artifacttypes/')) return { status: 200, body: { properties: { hyperVGeneration: 'V2' } } };
  if (/\/providers\/Microsoft\.\w+$/.test(path)) return { status: 200, body: { registrationState: 'Registered' } };
  return refusal(404, 'ResourceNotFound', 'Not found.');
}

/** The sentence, and the sizes that the next steps name. */
async function refused(values: AzureOptionValues): Promise<{ message: string; sizes: string[] }> {
  const error = await check(values).run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PreCreateCheckError, String(error));
  const sizes = error.nextSteps.flatMap(({ command }) => / --azure-size (\S+)$/.exec(command)?.[1] ?? []);
  return { message: error.message, sizes };
}

test('a size that can be made passes, with one request for the SKUs of that region alone', async () => {
  const { run, azure } = check({ size: 'standard_d2S_v5' });
  await run;
  const asked = azure.calls.filter(({ path }) => path.endsWith('/skus'));
  assert.equal(asked.length, 1);
  assert.equal(new URL(asked[0]?.url ?? '').searchParams.get('$filter'), "location eq 'westeurope'");
});

test('a size that the region does not have is refused, and the ones most like it by name are told', async () => {
  const { message, sizes } = await refused({ size: 'Standard_D4s_v55' });
  assert.equal(message, 'westeurope does not offer Standard_D4s_v55.');
  assert.equal(sizes[0], 'Standard_D2s_v5', 'the D4s of that name has no quota left');
});

test('a size kept from the subscription is refused, and nothing is proposed that is closed, retiring, without quota or for another processor', async () => {
  const { message, sizes } = await refused({ size: 'Standard_D2s_v3' });
  assert.equal(message, 'Standard_D2s_v3 is not available to this subscription in westeurope.');
  assert.deepEqual(sizes, ['Standard_D2s_v5', 'Standard_D2s_v6', 'Standard_B2s_v2']);
});

test('a size is refused in the zones that are closed, and there alone', async () => {
  await check({ size: 'Standard_D2s_v6', availabilityZone: '1' }).run;
  const { message, sizes } = await refused({ size: 'Standard_D2s_v6', availabilityZone: '2' });
  assert.match(message, /not available to this subscription in zone 2 of westeurope, but in zone 1 and 3\.$/);
  assert.deepEqual(sizes, ['Standard_D2s_v5', 'Standard_B2s_v2']);
});

test('vCPUs have to fit into the quota of the family and of the region', async () => {
  assert.equal(
    (await refused({ size: 'Standard_D4s_v5' })).message,
    'A Standard_D4s_v5 needs 4 cores, and this subscription has 2 left in westeurope (quota of DSv5 vCPUs).',
  );
  const full = check({}, ({ path }) => (path.endsWith('/usages') ? usages(['cores', 9, 10]) : undefined));
  await assert.rejects(
    full.run,
    /needs 2 cores, and this subscription has 1 left in westeurope \(quota of vCPUs in all\)/,
  );
});

test('Spot has a quota of its own, and not every size can be had so', async () => {
  await check({ size: 'Standard_D2as_v5', spot: true }).run;
  assert.match((await refused({ size: 'Standard_D4s_v5', spot: true })).message, /has 2 left .*quota of Spot vCPUs/);
  const { message, sizes } = await refused({ size: 'Standard_B2s_v2', spot: true });
  assert.equal(message, 'Standard_B2s_v2 cannot be had as Spot.');
  assert.equal(sizes.includes('Standard_B2s_v2'), false);
});

test('a region that is none is a usage error that names the one most like it', async () => {
  const { run } = check({ location: 'westeurop' }, ({ path }) => (path.endsWith('/skus') ? skus([]) : undefined));
  await assert.rejects(run, (error: unknown) => {
    assert.ok(error instanceof UsageError, String(error));
    assert.match(error.message, /^--azure-location: there is no region westeurop .* Did you mean westeurope\?$/);
    return true;
  });
});

test('without leave to read usages no quota is assumed, and without leave to read SKUs nothing is checked', async () => {
  const forbidden = refusal(403, 'AuthorizationFailed', 'No.');
  await check({ size: 'Standard_D4s_v5' }, ({ path }) => (path.endsWith('/usages') ? forbidden : undefined)).run;
  await check({ size: 'Standard_X1' }, ({ path }) => (path.endsWith('/skus') ? forbidden : undefined)).run;
});
