import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { azureFlags } from '../../src/cli/azure-flags.ts';
import { createFlags } from '../../src/cli/create-flags.ts';
import { azureDefaults, loginMethods } from '../../src/drivers/azure/options.ts';
import { type ProgramInput, PROGRAM, runProgram } from './run-program.ts';

async function create(args: string[], given: ProgramInput = {}) {
  const run = await runProgram(PROGRAM, ['create', ...args], given);
  return run.code === 0 ? JSON.parse(run.stdout) : { failed: run.stderr, code: run.code };
}

test('a command line as GitLab Runner writes it is understood', async () => {
  const { name, driver, azure, engine } = await create([
    '--driver',
    'azure',
    '--azure-size=Standard_D2s_v5',
    '--azure-open-port=80',
    '--azure-open-port=443/tcp',
    '--engine-registry-mirror=https://mirror.example',
    '--azure-static-public-ip=true',
    'runner-1',
  ]);
  assert.equal(name, 'runner-1');
  assert.equal(driver, 'azure');
  assert.equal(azure.size, 'Standard_D2s_v5');
  assert.deepEqual(azure.openPorts, ['80', '443/tcp']);
  assert.equal(azure.staticPublicIp, true);
  assert.deepEqual(engine, { RegistryMirror: ['https://mirror.example'] });
});

test('docker-machine’s environment variables are taken', async () => {
  const environment = {
    AZURE_SUBSCRIPTION_ID: 's-1',
    AZURE_LOCATION: 'northeurope',
    AZURE_DOCKER_PORT: '2377',
    AZURE_DNS_LABEL: 'label',
    AZURE_CUSTOM_DATA_FILE: '/cloud.yaml',
    MACHINE_DRIVER: 'generic',
    ENGINE_REGISTRY_MIRROR: 'http://a, http://b',
  };
  const { driver, azure, engine } = await create(['--engine-registry-mirror', 'http://c', 'dev'], { environment });
  assert.equal(driver, 'generic');
  assert.equal(azure.subscriptionId, 's-1');
  assert.equal(azure.location, 'northeurope');
  assert.equal(azure.dockerPort, 2377);
  assert.equal(azure.dnsLabel, 'label');
  assert.equal(azure.customDataFile, '/cloud.yaml');
  assert.deepEqual(engine.RegistryMirror, ['http://a', 'http://b', 'http://c']);
});

test('a tunnel can be asked for by flag or variable, and the variable be overruled', async () => {
  const environment = { AZDOCK_TUNNEL: '1' };
  assert.equal((await create(['dev'])).tunnel, false);
  assert.equal((await create(['--tunnel', 'dev'])).tunnel, true);
  assert.equal((await create(['dev'], { environment })).tunnel, true);
  assert.equal((await create(['--no-tunnel', 'dev'], { environment })).tunnel, false);
});

test('engine options lose their leading dashes, wherever they come from', async () => {
  const { engine } = await create(['--docker-option', '--live-restore', '--engine-opt', 'log-level=debug', 'dev']);
  assert.deepEqual(engine, { ArbitraryFlags: ['log-level=debug', 'live-restore'] });
});

test('secrets do not show in what create is asked for', async () => {
  const environment = { TOKEN: 'hunter2', AZURE_CLIENT_SECRET: 'hunter2', AZDOCK_REGISTRY_PASSWORD: 'hunter2' };
  const args = ['--compose', 'c.yaml', '--compose-secret-env=TOKEN', '--registry-login', 'ada@registry.example', 'dev'];
  const values = await create(args, { environment });
  assert.equal(values.extension.registryLogin.account, 'ada@registry.example');
  assert.equal(values.azure.clientSecret, '[secret]');
  assert.doesNotMatch(JSON.stringify(values), /hunter2/);
});

test('a registry password comes from a file, from standard input or from the environment, and has to come', async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'azdock-password-'));
  t.after(() => rmSync(place, { recursive: true }));
  const file = join(place, 'password');
  writeFileSync(file, 'hunter2\n');
  const login = ['--registry-login', 'ada', 'dev'];
  assert.equal((await create(['--registry-password-file', file, ...login])).failed, undefined);
  assert.equal((await create(['--registry-password-stdin', ...login], { input: 'hunter2\n' })).failed, undefined);
  assert.match((await create(login)).failed, /needs a password/);
  assert.match((await create(['--registry-password-stdin', ...login])).failed, /Standard input holds no password/);
  assert.match(
    (await create(['--registry-password-file', join(place, 'none'), ...login])).failed,
    /cannot be read: ENOENT/,
  );
  assert.match((await create(['--registry-password-stdin', 'dev'])).failed, /but not whose/);
});

test('a secret variable that is not set is named', async () => {
  const { failed, code } = await create(['--compose', 'c.yaml', '--compose-secret-env', 'KEY=TOKEN', 'dev']);
  assert.equal(code, 2);
  assert.match(failed, /--compose-secret-env KEY: the environment variable TOKEN is not set/);
});

test('the flags of swarm are kept for the record', async () => {
  const { swarm } = await create(['--swarm-master', '--swarm-discovery=token://x', '--swarm-opt', 'a', 'dev']);
  assert.deepEqual(swarm, {
    IsSwarm: true,
    Agent: false,
    Master: true,
    IsExperimental: false,
    Discovery: 'token://x',
    ArbitraryFlags: ['a'],
  });
});

test('the defaults that help tells are the driver’s', () => {
  const told: Record<string, string> = {};
  for (const [name, flag] of Object.entries(azureFlags)) {
    const shown = /\[default: ([^\]]+)\]/.exec(flag.summary ?? '')?.[1];
    if (shown !== undefined) told[name.replace('azure-', '')] = shown;
  }
  const expected: Record<string, string | number> = {
    environment: azureDefaults.environment,
    'resource-group': azureDefaults.resourceGroup,
    location: azureDefaults.location,
    size: azureDefaults.size,
    image: azureDefaults.image,
    'storage-type': azureDefaults.storageType,
    'ssh-user': azureDefaults.sshUser,
    'docker-port': azureDefaults.dockerPort,
    vnet: azureDefaults.virtualNetwork,
    subnet: azureDefaults.subnet,
    'subnet-prefix': azureDefaults.subnetPrefix,
    login: azureDefaults.login,
  };
  for (const [flag, value] of Object.entries(expected)) assert.equal(told[flag], String(value), flag);
  assert.deepEqual(azureFlags['azure-login'].options, loginMethods);
});

test('every flag of create says what it is for', () => {
  for (const [name, flag] of Object.entries(createFlags)) assert.ok((flag.summary ?? '').length > 3, name);
});

test('choices that help names are the driver’s', async () => {
  const choices = await import('../../src/cli/azure-flags/choices.ts');
  const { ephemeralPlacements, evictionPolicies, securityTypes } = await import('../../src/drivers/azure/options.ts');
  assert.deepEqual({ ...choices }, { ephemeralPlacements, evictionPolicies, securityTypes });
});

test('tags are taken as rancher-machine writes them and one by one', async () => {
  const { azure } = await create(['--azure-tags', 'team,web,cost,7', '--azure-tag', 'team=core', 'dev']);
  assert.deepEqual(azure.tags, { team: 'core', cost: '7' });
  assert.match((await create(['--azure-tags', 'team', 'dev'])).failed, /--azure-tags "team"/);
});

test('a command line of rancher-machine is understood, with what is always so today', async () => {
  const { azure } = await create([
    '--azure-tenant-id=t',
    '--azure-nsg=guard',
    '--azure-plan=a:b:c',
    '--azure-managed-disks',
    '--azure-fault-domain-count=3',
    '--azure-update-domain-count=5',
    '--azure-disk-size=30',
    '--azure-tags=team,web',
    '--azure-availability-zone=2',
    '--azure-enable-public-ip-standard-sku',
    '--azure-accelerated-networking',
    '--azure-encryption-at-host',
    'dev',
  ]);
  const { tenantId, securityGroup, plan, faultDomainCount, updateDomainCount, diskSizeGiB, tags, ...more } = azure;
  assert.deepEqual(
    [tenantId, securityGroup, plan, faultDomainCount, updateDomainCount, diskSizeGiB, tags],
    ['t', 'guard', 'a:b:c', 3, 5, 30, { team: 'web' }],
  );
  assert.deepEqual([more.availabilityZone, more.acceleratedNetworking, more.encryptionAtHost], ['2', true, true]);
  const environment = { AZURE_PLAN: 'a:b:c', AZURE_MANAGED_DISKS: 'true', AZURE_STANDARD_PUBLIC_IP_SKU: 'true' };
  assert.equal((await create(['dev'], { environment })).azure.plan, 'a:b:c');
});
