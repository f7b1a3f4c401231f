import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createCa, createServerCertificate } from '../../src/certs/create-certificates.ts';
import { type Result, World } from '../end-to-end/azdock.ts';
import { type JournalEntry, WorldSandbox } from '../end-to-end/world-sandbox.ts';
import type { Json } from '../sandbox/raw-https.ts';

let world: World;
let sandbox: WorldSandbox;
let made: Result;
const GROUP = '/resourcegroups/docker-machine';
const fileOf = (name: string, file: string): string => join(world.store, 'machines', name, file);
const recordOf = (name: string): Json => JSON.parse(readFileSync(fileOf(name, 'config.json'), 'utf8'));
const azure = async (path: string): Promise<Json> => (await sandbox.azure('GET', `${GROUP}/providers/${path}`)).body;
/** Requests that a command makes. */
const askedBy = async (...args: readonly string[]): Promise<JournalEntry[]> => {
  const since = await sandbox.lastEntry();
  await world.ok(args);
  return sandbox.journal(since);
};

before(async () => {
  world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  sandbox = await WorldSandbox.up(world);
  made = await world.run(['create', '--azure-static-public-ip', 'dev']);
  assert.equal(made.code, 0, made.stderr);
});
after(() => world?.destroy());

test('called as azdock, stdout holds the result of a creation and nothing else', () => {
  assert.match(made.stdout, /^dev is running Docker \S+ at tcp:\/\/\S+:2376 after .*\.\nPoint your shell at it: .*\n$/);
  assert.match(made.stderr, /^Virtual machine dev: done/m);
});

test('without flags it is an Azure machine with the defaults that are documented', async () => {
  const { DriverName, Driver, HostOptions } = recordOf('dev');
  assert.equal(DriverName, 'azure');
  assert.deepEqual(
    [Driver.Location, Driver.Size, Driver.StorageType, Driver.AvailabilitySet, HostOptions.EngineOptions.StorageDriver],
    ['westeurope', 'Standard_B2s_v2', 'StandardSSD_LRS', '', ''],
  );
  assert.match(Driver.Image, /^Canonical:ubuntu-24_04-lts:server/i);
  const { properties } = await azure('Microsoft.Compute/virtualMachines/dev');
  assert.equal(properties.storageProfile.osDisk.managedDisk.storageAccountType, 'StandardSSD_LRS');
  assert.equal(properties.availabilitySet, undefined);
});

test('the address is Standard and static, also with the flag that asks for it', async () => {
  const { sku, properties } = await azure('Microsoft.Network/publicIPAddresses/dev-ip');
  assert.deepEqual([sku.name, properties.publicIPAllocationMethod], ['Standard', 'Static']);
});

test('everything that the machine owns is tagged, and what machines share is tagged as such', async () => {
  const { id: storeId } = JSON.parse(readFileSync(join(world.store, 'azdock-store.json'), 'utf8'));
  const types = [
    'Compute/virtualMachines/dev',
    'Network/networkInterfaces/dev-nic',
    'Network/publicIPAddresses/dev-ip',
  ];
  for (const type of [...types, 'Network/networkSecurityGroups/dev-firewall']) {
    const { tags } = await azure(`Microsoft.${type}`);
    assert.deepEqual(Object.keys(tags ?? {}).sort(), ['azdock-id', 'azdock-machine', 'azdock-store'], type);
    assert.equal(tags['azdock-machine'], 'dev');
    assert.equal(tags['azdock-store'], storeId, type);
  }
  const { tags } = await azure('Microsoft.Network/virtualNetworks/docker-machine-vnet');
  assert.deepEqual(Object.keys(tags ?? {}), ['azdock-shared']);
});

test('the record holds the address, and azdock.json the rest', async () => {
  const { properties } = await azure('Microsoft.Network/publicIPAddresses/dev-ip');
  assert.equal(recordOf('dev').Driver.IPAddress, properties.ipAddress);
  const sidecar = JSON.parse(readFileSync(fileOf('dev', 'azdock.json'), 'utf8'));
  assert.deepEqual([sidecar.phase, sidecar.provisioner], ['ready', 'docker-extension']);
  assert.ok(sidecar.journal.length > 0);
});

test('ls tells of certificates that end soon and of creations that did not finish', async () => {
  const now = new Date();
  // 1080 days of validity: 12 are left.
  const then = new Date(now.getTime() - 1068 * 86_400_000);
  const ca = await createCa({ user: 'tester', now: then });
  const { cert } = await createServerCertificate({ user: 'tester', name: 'dev', names: ['localhost'], now: then, ca });
  const file = fileOf('dev', 'server.pem');
  const good = readFileSync(file);
  writeFileSync(file, cert);
  assert.match(await world.ok(['ls']), /^dev .*expires in 1[12] days/m);
  writeFileSync(file, good);
  const failed = await world.run(['create', '--no-rollback', '--azure-size', 'Standard_E2s_v5', 'half']);
  assert.equal(failed.code, 7);
  assert.match(await world.ok(['ls']), /^half .*(creation|Creation)/m);
});

test('a creation that fails says what exists, what is billed, and how to clean up', async () => {
  const { code, stdout, stderr } = await world.run([
    'create',
    '--no-rollback',
    '--azure-size',
    'Standard_E2s_v5',
    'broke',
  ]);
  assert.deepEqual({ code, stdout }, { code: 7, stdout: '' });
  assert.match(stderr, /There is now public IP broke-ip.*Billed until removed: public IP broke-ip/);
  assert.match(stderr, /azdock rm broke$/m);
  assert.ok(existsSync(fileOf('broke', 'config.json')));
  assert.equal((await world.run(['create', 'broke'])).code, 5);
  await world.ok(['rm', '-y', 'broke', 'half']);
  assert.deepEqual(readdirSync(join(world.store, 'machines')), ['dev']);
});

test('swarm flags are kept on record, with one warning', async () => {
  const swarm = ['--swarm', '--swarm-master', '--swarm-discovery', 'token://x'];
  const { code, stderr } = await world.run(['create', ...swarm, 'old']);
  assert.equal(code, 0, stderr);
  assert.equal(stderr.match(/Warning:.*swarm/gi)?.length, 1, stderr);
  const { IsSwarm, Master, Discovery } = recordOf('old').HostOptions.SwarmOptions;
  assert.deepEqual([IsSwarm, Master, Discovery], [true, true, 'token://x']);
  await world.ok(['rm', '-y', 'old']);
});

test('ip and url ask nobody, also when the machine is stopped', async () => {
  await world.ok(['stop', 'dev']);
  assert.deepEqual(await askedBy('ip', 'dev'), []);
  assert.deepEqual(await askedBy('url', 'dev'), []);
});

test('status says Not Found when the VM is gone', async () => {
  assert.equal(await world.ok(['status', 'dev']), 'Stopped\n');
  const gone = await sandbox.azure('DELETE', `${GROUP}/providers/Microsoft.Compute/virtualMachines/dev`);
  assert.ok(gone.status < 300, gone.text);
  for (;;) {
    const { status } = await sandbox.azure('GET', `${GROUP}/providers/Microsoft.Compute/virtualMachines/dev`);
    if (status === 404) break;
  }
  assert.equal(await world.ok(['status', 'dev']), 'Not Found\n');
  await world.ok(['rm', '-y', 'dev']);
  assert.deepEqual(await sandbox.counts(), {});
});
