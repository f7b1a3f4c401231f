import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compute, location, machineBody, make, makeInterface, makeNetwork } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests: new FakeGuests() });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeInterface(arm, 'x');
});
after(() => sandbox.stop());

/** Code and text of the refusal of a machine that differs from one that could be made. */
async function refused(vmSize: string, more: Json = {}): Promise<string> {
  const body = machineBody(arm, 'x');
  Object.assign(body.properties.hardwareProfile, { vmSize });
  const answer = await arm('PUT', `${compute}/virtualMachines/x`, { ...body, ...more });
  return `${answer.status} ${answer.body.error?.code}: ${answer.body.error?.message}`;
}

const skusOf = async (place: string): Promise<Json[]> =>
  (await arm('GET', `/providers/Microsoft.Compute/skus?$filter=location%20eq%20'${place}'&api-version=2021-07-01`)).body
    .value;

test('SKUs are those of the region that the filter names, with what it keeps from the subscription', async () => {
  assert.ok((await skusOf('westeurope')).every(({ locations }) => locations[0] === 'westeurope'));
  assert.deepEqual(await skusOf('nowhere'), []);
  const named = async (name: string, place: string) => (await skusOf(place)).find((sku) => sku.name === name);
  assert.equal(await named('Standard_NC24ads_A100_v4', 'northeurope'), undefined);
  assert.deepEqual((await named('Standard_B2s_v2', 'westus'))?.locationInfo[0].zones, []);
  const half = await named('Standard_D2s_v6', 'westeurope');
  assert.deepEqual(half?.restrictions[0].restrictionInfo, { locations: ['westeurope'], zones: ['2'] });
  const told = (sku: Json | undefined): Json =>
    Object.fromEntries(sku?.capabilities.map(({ name, value }: Json) => [name, value]));
  assert.equal(told(await named('Standard_D2ps_v5', 'westeurope'))['TrustedLaunchDisabled'], 'True');
  assert.equal(told(half)['TrustedLaunchDisabled'], undefined);
  const { vCPUs, vCPUsAvailable } = told(await named('Standard_E4-2s_v5', 'westeurope'));
  assert.deepEqual([vCPUs, vCPUsAvailable], ['4', '2']);
});

test('what the list keeps from the subscription is refused, and so is what is sold out without a word in the list', async () => {
  assert.match(await refused('Standard_L8s_v3'), /^409 SkuNotAvailable: /);
  assert.match(await refused('Standard_E2s_v5'), /^409 SkuNotAvailable: /);
  const inZone = { zones: ['2'] };
  assert.match(await refused('Standard_DS2_v2', inZone), /^409 SkuNotAvailable: .*zones '2'/);
});

test('Spot machines have a quota of their own, which counts vCPUs of all families', async () => {
  const spot = { priority: 'Spot', evictionPolicy: 'Delete' };
  const usage = async () =>
    (await arm('GET', `/providers/Microsoft.Compute/locations/${location}/usages`)).body.value.find(
      ({ name }: Json) => name.value === 'lowPriorityCores',
    );
  const bodyOf = (name: string) => {
    const body = machineBody(arm, name);
    return {
      ...body,
      properties: { ...body.properties, ...spot, hardwareProfile: { vmSize: 'Standard_NC24ads_A100_v4' } },
    };
  };
  for (const name of ['a', 'b', 'c', 'd']) {
    await makeInterface(arm, name);
    await make(arm, `${compute}/virtualMachines/${name}`, bodyOf(name));
  }
  assert.deepEqual([(await usage()).currentValue, (await usage()).limit], [96, 100]);
  const { status, body } = await arm('PUT', `${compute}/virtualMachines/x`, bodyOf('x'));
  assert.equal(status, 409);
  assert.match(body.error.message, /LowPriorityCores.*Current Limit: 100, Current Usage: 96, Additional Required: 24/);
  // Without Spot the family's own quota counts, and that is none.
  assert.match(await refused('Standard_NC24ads_A100_v4'), /^409 OperationNotAllowed: .*Current Limit: 0/);
});

test('regions tell their zones since 2022-12-01, and whole geographies stand among them', async () => {
  const regions = async (version: string): Promise<Json[]> =>
    (await arm('GET', `/locations?api-version=${version}`)).body.value;
  const place = (all: Json[], name: string) => all.find((one) => one.name === name);
  const today = await regions('2022-12-01');
  assert.equal(place(today, 'westeurope')?.availabilityZoneMappings.length, 3);
  assert.equal(place(today, 'westus')?.availabilityZoneMappings, undefined);
  assert.equal(place(today, 'europe')?.metadata.regionType, 'Logical');
  assert.equal(place(await regions('2021-01-01'), 'westeurope')?.availabilityZoneMappings, undefined);
});

test('images tell their plan, features and end', async () => {
  const image = async (publisher: string, offer: string, sku: string): Promise<Json> => {
    const path = `/providers/Microsoft.Compute/locations/${location}/publishers/${publisher}/artifacttypes/vmimage/offers/${offer}/skus/${sku}/versions`;
    const [newest] = (await arm('GET', `${path}?$top=1&$orderby=name%20desc`)).body;
    return (await arm('GET', `${path}/${newest.name}`)).body.properties;
  };
  const flatcar = await image('kinvolk', 'flatcar-container-linux-free', 'stable-gen2');
  assert.deepEqual(flatcar.plan, {
    publisher: 'kinvolk',
    product: 'flatcar-container-linux-free',
    name: 'stable-gen2',
  });
  const old = await image('canonical', 'ubuntuserver', '18.04-lts');
  assert.deepEqual([old.imageDeprecationStatus.imageState, old.hyperVGeneration], ['Deprecated', 'V1']);
  const reference = { publisher: 'Canonical', offer: 'UbuntuServer', sku: '18.04-LTS', version: 'latest' };
  const body = machineBody(arm, 'x');
  body.properties.storageProfile.imageReference = reference;
  const answer = await arm('PUT', `${compute}/virtualMachines/x`, body);
  assert.deepEqual([answer.status, answer.body.error.code], [400, 'ImageVersionDeprecated']);
});
