import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { formatRecord, parseRecord } from '../../src/store/codec.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';
import { recordOf, temporaryRoot } from './store-fixture.ts';

const root = '/home/u/.docker/machine';
const dir = `${root}/machines/old`;
const migrate = (raw: object, at = root) =>
  parseRecord({ file: 'config.json', text: JSON.stringify(raw), root: at, name: 'old' });

const paths = {
  CaCertPath: `${root}/certs/ca.pem`,
  ServerCertPath: `${dir}/server.pem`,
  ServerKeyPath: `${dir}/server-key.pem`,
  ClientCertPath: `${root}/certs/cert.pem`,
  ClientKeyPath: `${root}/certs/key.pem`,
};
const driver = {
  IPAddress: '20.1.2.3',
  MachineName: 'old',
  SSHUser: 'ubuntu',
  SSHPort: 22,
  DropletID: 12345678901234567890n,
};
const text = (raw: object) =>
  JSON.stringify(raw, (_key, value: unknown) => (typeof value === 'bigint' ? `BIG${value}` : value)).replace(
    /"BIG(\d+)"/g,
    '$1',
  );

const v0 = {
  DriverName: 'azure',
  Driver: { ...driver, DropletID: 7 },
  StorePath: dir,
  PrivateKeyPath: `${root}/certs/ca-key.pem`,
  ...paths,
  SwarmHost: 'tcp://0.0.0.0:3376',
  SwarmMaster: true,
  SwarmDiscovery: 'token://x',
};

test('a flat record without a version becomes one of version 3', () => {
  const { record, version } = migrate(v0);
  assert.equal(version, 0);
  assert.deepEqual(Object.keys(record), ['ConfigVersion', 'Driver', 'DriverName', 'HostOptions', 'Name']);
  assert.equal(record.ConfigVersion, 3);
  assert.equal(record.Name, 'old');
  assert.equal(record.Driver.StorePath, root);
  assert.equal(record.Driver['DropletID'], 7);
  const { AuthOptions: auth, SwarmOptions: swarm, EngineOptions: engine } = record.HostOptions;
  assert.deepEqual(
    {
      CaCertPath: auth.CaCertPath,
      CaPrivateKeyPath: auth.CaPrivateKeyPath,
      CertDir: auth.CertDir,
      StorePath: auth.StorePath,
    },
    {
      CaCertPath: paths.CaCertPath,
      CaPrivateKeyPath: `${root}/certs/ca-key.pem`,
      CertDir: `${root}/certs`,
      StorePath: dir,
    },
  );
  assert.deepEqual([swarm.Host, swarm.Master, swarm.Discovery], ['tcp://0.0.0.0:3376', true, 'token://x']);
  assert.deepEqual([engine.TlsVerify, engine.InstallURL, engine.Labels], [true, 'https://get.docker.com', null]);
});

test('engine options of a flat record are kept, which docker-machine loses', () => {
  const { record } = migrate({ ...v0, HostOptions: { EngineOptions: { Labels: ['a=b'] } } });
  assert.deepEqual(record.HostOptions.EngineOptions.Labels, ['a=b']);
});

const options = (auth: object) => ({
  Driver: '',
  Memory: 0,
  Disk: 0,
  EngineOptions: {},
  SwarmOptions: {},
  AuthOptions: auth,
});
const v1 = {
  ConfigVersion: 1,
  DriverName: 'azure',
  Driver: driver,
  StorePath: dir,
  HostOptions: options({ StorePath: dir, PrivateKeyPath: `${root}/certs/ca-key.pem`, ...paths }),
};

test('version 1: the CA key finds its name, and big integers stay', () => {
  const { record } = parseRecord({ file: 'config.json', text: text(v1), root, name: 'old' });
  const { AuthOptions: auth } = record.HostOptions;
  assert.equal(auth.CaPrivateKeyPath, `${root}/certs/ca-key.pem`);
  assert.ok(!('PrivateKeyPath' in auth));
  assert.equal(auth.StorePath, dir);
  assert.ok(formatRecord(record).includes('"DropletID": 12345678901234567890'));
  assert.deepEqual(Object.keys(record.HostOptions.AuthOptions).slice(0, 3), [
    'CertDir',
    'CaCertPath',
    'CaPrivateKeyPath',
  ]);
});

test('version 2: the store root moves to the driver', () => {
  const v2 = {
    ...v1,
    ConfigVersion: 2,
    Driver: { ...driver, DropletID: 7 },
    HostOptions: options({ CaPrivateKeyPath: 'k', ...paths }),
  };
  const { record } = migrate(v2);
  assert.equal(record.Driver.StorePath, root);
  assert.ok(!('StorePath' in record));
});

test('a record that does not say where it is gets the place where it was found', () => {
  const { StorePath: _, ...homeless } = v0;
  const { record } = migrate(homeless, '/srv/machine');
  assert.equal(record.Driver.StorePath, '/srv/machine');
  assert.equal(record.HostOptions.AuthOptions.CertDir, '/srv/machine/certs');
  assert.equal(record.HostOptions.AuthOptions.StorePath, '/srv/machine/machines/old');
});

test('a migrated record reads the same when it is read again', () => {
  for (const raw of [v0, { ...v1, Driver: {} }]) {
    const { record } = migrate(raw);
    const again = parseRecord({ file: 'config.json', text: formatRecord(record), root, name: 'old' });
    assert.equal(again.version, 3);
    assert.deepEqual(again.record, record);
  }
});

test('loading migrates in memory only; saving keeps the old bytes', async (t) => {
  const at = await temporaryRoot(t);
  const store = openStore(at, systemClock);
  const files = store.paths('old');
  await mkdir(files.dir, { recursive: true });
  const bytes = `${JSON.stringify(v0)}  \n`;
  await writeFile(files.record, bytes);
  const { record, version, sidecar } = await store.load('old');
  assert.deepEqual([version, sidecar], [0, undefined]);
  assert.equal(await readFile(files.record, 'utf8'), bytes);
  await store.saveRecord('old', record);
  assert.equal(await readFile(files.recordBackup, 'utf8'), bytes);
  assert.equal((await stat(files.recordBackup)).mode & 0o777, 0o600);
  assert.equal((await store.load('old')).version, 3);
});

test('a record of today is not backed up', async (t) => {
  const at = await temporaryRoot(t);
  const store = openStore(at, systemClock);
  const files = store.paths('old');
  await mkdir(files.dir, { recursive: true });
  await store.saveRecord('old', recordOf(at, 'old'));
  await store.saveRecord('old', recordOf(at, 'old'));
  await assert.rejects(stat(files.recordBackup), { code: 'ENOENT' });
});
