import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureStates } from '../../src/machine/azure-states.ts';
import { loadMachineSync } from '../../src/store/load.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from './store-fixture.ts';

test('an Azure that does not answer holds a row up no longer than it may take', async (context) => {
  const store = temporaryStore(context);
  addMachine(store, 'dev', 'azure', { ...azureKeys('127.0.0.1', 1), Environment: 'sandbox' });
  addMachine(store, 'lost', 'azure', { ...azureKeys('', 1), Environment: 'sandbox' });
  const [dev, lost] = [loadMachineSync(store, 'dev'), loadMachineSync(store, 'lost')];
  // The sandbox is asked for, and never comes up.
  const environment = { AZDOCK_SANDBOX_DIR: `${store}/no-sandbox` };
  const silence = testContext(store, { environment, startSandbox: () => new Promise(() => {}) });
  const states = azureStates([dev, lost], 20, silence);
  assert.deepEqual(await states.stateOf(dev, false), { state: 'Timeout', error: '' });
  assert.deepEqual(
    await states.stateOf(dev, true),
    { state: 'Running', error: '' },
    'somebody answered at its address',
  );
  assert.equal(await states.addressOf(lost), undefined);
  states.stop();
});
