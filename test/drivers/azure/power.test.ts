import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { listVmStates } from '../../../src/drivers/azure/list.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { machineState } from '../../../src/drivers/azure/state.ts';
import { LoginError } from '../../../src/errors/login-error.ts';
import { NotRunningError } from '../../../src/errors/not-running-error.ts';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { type Answer, type Call, dependencies, refusal, scriptedAzure } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
const signal = new AbortController().signal;

function driver(script: (call: Call) => Answer, values: AzureOptionValues = {}) {
  const azure = scriptedAzure(script);
  const { options } = azureOptions({ ...login, ...values });
  const given = dependencies({ httpClient: azure.httpClient });
  return { azure, machine: createAzureDriver({ name: 'dev', id: 'id-1', options, dependencies: given }) };
}

test("Azure's words for power become docker-machine's", () => {
  const state = (...codes: string[]) => machineState(codes.map((code) => ({ code }))).state;
  assert.equal(state('ProvisioningState/succeeded', 'PowerState/running'), 'Running');
  assert.equal(state('PowerState/deallocating'), 'Stopping');
  assert.equal(state('PowerState/deallocated'), 'Stopped');
  assert.equal(state('PowerState/stopped'), 'Stopped');
  assert.equal(state('ProvisioningState/creating'), 'Starting');
  assert.equal(state('ProvisioningState/failed/AllocationFailed'), 'Error');
  assert.equal(state('PowerState/unknown'), 'None');
  assert.equal(machineState(undefined).state, 'None');
  assert.equal(machineState([{ code: 'PowerState/deallocated' }]).detail, 'deallocated');
});

test('a machine whose VM is gone is not found, which is no error', async () => {
  const { machine } = driver(() => refusal(404, 'ResourceNotFound', 'Gone.'));
  assert.deepEqual(await machine.state(), { state: 'NotFound' });
  assert.equal(await machine.address(), undefined);
});

test('stop powers off or deallocates, and force pulls the plug', async () => {
  const { machine, azure } = driver(() => ({ status: 200 }));
  await machine.stop({ deallocate: false, force: false }, silentProgress, signal);
  await machine.stop({ deallocate: false, force: true }, silentProgress, signal);
  await machine.stop({ deallocate: true, force: false }, silentProgress, signal);
  await machine.start(silentProgress, signal);
  await machine.restart(silentProgress, signal);
  const asked = azure.calls.map(({ method, url }) =>
    `${method} ${/dev\/(\w+)/.exec(url)?.[1]} ${/skipShutdown=\w+/.exec(url) ?? ''}`.trim(),
  );
  assert.deepEqual(asked, [
    'POST powerOff',
    'POST powerOff skipShutdown=true',
    'POST deallocate',
    'POST start',
    'POST restart',
  ]);
});

test('starting a machine whose VM is gone says what to do', async () => {
  const { machine } = driver(() => refusal(404, 'ResourceNotFound', 'Gone.'));
  await assert.rejects(
    machine.start(silentProgress, signal),
    (error: unknown) => error instanceof NotRunningError && error.nextSteps[0]?.command === 'azdock rm dev',
  );
});

test('the address is the FQDN with a DNS label, and the private IP where that was asked for', async () => {
  const script = ({ path }: Call): Answer =>
    path.includes('publicIPAddresses')
      ? {
          status: 200,
          body: { properties: { ipAddress: '20.1.2.3', dnsSettings: { fqdn: 'dev-1.westeurope.cloudapp.azure.com' } } },
        }
      : {
          status: 200,
          body: { properties: { ipConfigurations: [{ properties: { privateIPAddress: '192.168.0.4' } }] } },
        };
  assert.equal(await driver(script).machine.address(), '20.1.2.3');
  assert.equal(await driver(script, { dnsLabel: 'dev-1' }).machine.address(), 'dev-1.westeurope.cloudapp.azure.com');
  assert.equal(await driver(script, { usePrivateIp: true }).machine.address(), '192.168.0.4');
});

test('an interrupted call ends with the reason of its signal', async () => {
  const { machine } = driver(() => ({ status: 200 }));
  const reason = new Error('interrupted by a test');
  await assert.rejects(machine.start(silentProgress, AbortSignal.abort(reason)), reason);
});

test('one list request is made for each subscription, however many machines it has', async () => {
  const azure = scriptedAzure(({ path }) => {
    const subscription = path.split('/')[2];
    const vm = (name: string, power: string) => ({
      id: `/subscriptions/${subscription}/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/${name}`,
      properties: { instanceView: { statuses: [{ code: `PowerState/${power}` }] } },
    });
    return { status: 200, body: { value: [vm('Dev', 'running'), vm('ci', 'deallocated')] } };
  });
  const machines = ['one', 'ONE', 'two'].map((subscriptionId) => azureOptions({ ...login, subscriptionId }).options);
  const states = await listVmStates({ subscriptions: machines }, dependencies({ httpClient: azure.httpClient }));
  assert.equal(azure.calls.length, 2);
  assert.ok(azure.calls.every(({ url }) => url.includes('statusOnly=true')));
  assert.equal(
    states.get('/subscriptions/two/resourcegroups/g/providers/microsoft.compute/virtualmachines/dev')?.state,
    'Running',
  );
  assert.equal(
    states.get('/subscriptions/two/resourcegroups/g/providers/microsoft.compute/virtualmachines/ci')?.state,
    'Stopped',
  );
});

test('a subscription that cannot be asked does not hide the others, where the caller wants it so', async () => {
  const azure = scriptedAzure(({ path }) =>
    path.startsWith('/subscriptions/bad/')
      ? refusal(401, 'InvalidAuthenticationToken', 'No.')
      : { status: 200, body: { value: [] } },
  );
  const subscriptions = ['bad', 'good'].map((subscriptionId) => azureOptions({ ...login, subscriptionId }).options);
  const given = dependencies({ httpClient: azure.httpClient });
  const failed: unknown[] = [];
  await listVmStates({ subscriptions, onFailure: (_options, error) => failed.push(error) }, given);
  assert.equal(failed.length, 1);
  await assert.rejects(listVmStates({ subscriptions }, given), LoginError);
});

test('a machine whose system is on its physical host is not deallocated, and nobody is asked', () => {
  const { machine, azure } = driver(() => ({ status: 200 }), { ephemeralOsDisk: 'auto' });
  assert.throws(
    () => machine.checkStop?.({ deallocate: true }),
    (error: unknown) => {
      assert.ok(error instanceof UnsupportedError);
      assert.equal(error.nextSteps[0]?.command, 'azdock stop --no-deallocate dev');
      return true;
    },
  );
  machine.checkStop?.({ deallocate: false });
  assert.deepEqual(azure.calls, []);
});

test('of a Spot machine that is deallocated or gone it is said that Azure may have done it', async () => {
  const view = (...statuses: object[]) => ({ status: 200, body: { statuses } });
  const off = { code: 'PowerState/deallocated', displayStatus: 'VM deallocated' };
  const { machine } = driver(() => view(off), { spot: true });
  assert.match((await machine.state()).detail ?? '', /perhaps by Azure/);
  const evicted = driver(() => view({ code: 'ProvisioningState/succeeded', message: 'The VM was evicted.' }, off));
  assert.deepEqual(await evicted.machine.state(), { state: 'Stopped', detail: 'evicted' });
  const gone = () => refusal(404, 'ResourceNotFound', 'Gone.');
  const deleted = driver(gone, { spot: true, spotEvictionPolicy: 'delete' });
  assert.match((await deleted.machine.state()).detail ?? '', /Azure deletes this Spot machine/);
  await assert.rejects(deleted.machine.start(silentProgress, signal), /Azure deletes this Spot machine/);
});
