import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClassicRecord } from '../../src/drivers/azure/classic.ts';
import { listMachines } from '../../src/machine/list.ts';
import { serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { otherRecord } from '../drivers/other-record.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from './store-fixture.ts';

/** Keys of docker-machine's first Azure driver. */
const CLASSIC = {
  SSHUser: 'ubuntu',
  SubscriptionID: '11111111-2222-3333-4444-555555555555',
  SubscriptionCert: '',
  PublishSettingsFilePath: '/home/u/my.publishsettings',
  Location: 'West US',
  Size: 'Small',
  UserPassword: '',
  Image: '',
  DockerPort: 2376,
  DockerSwarmMasterPort: 3376,
};

test('a machine of classic Azure has a short row of its own, and the others are listed as if it were not there', async (t) => {
  const store = temporaryStore(t);
  const engine = await startEngine(t, await serverCertificate());
  addMachine(store, 'old', 'azure', CLASSIC);
  addMachine(store, 'dev', 'azure', azureKeys('127.0.0.1', engine.port));
  const request = { timeoutMs: 5_000, dockerHost: undefined, wants: () => true };
  const rows = await listMachines(request, testContext(store));
  assert.deepEqual(
    rows.map(({ name, state, url, error }) => ({ name, state, url, error })),
    [
      { name: 'dev', state: 'Running', url: `tcp://127.0.0.1:${engine.port}`, error: '' },
      { name: 'old', state: 'Error', url: '', error: 'Azure classic is closed; run azdock rm -f old' },
    ],
  );
});

test('classic is what knows no resource group, or holds keys of the first driver', () => {
  const isClassic = (driver: Parameters<typeof otherRecord>[0]) => isClassicRecord(otherRecord(driver).Driver);
  assert.equal(isClassic(CLASSIC), true);
  assert.equal(isClassic({ ResourceGroup: '' }), true);
  assert.equal(isClassic({ ResourceGroup: 'g', PublishSettingsFilePath: '' }), true);
  assert.equal(isClassic(azureKeys('192.0.2.1', 2376)), false);
});
