import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { collect, World } from './azdock.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

const LOCATION = { location: 'westeurope' };

describe('prune', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_AZURE_ALLOW_FROM: '*' });
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
  });
  after(() => world?.destroy());
  afterEach(async () => {
    const { subscriptionId } = sandbox.discovery;
    await world.run(['prune', '--all-stores', '--yes', '--confirm', subscriptionId, '--older-than', '0']);
    await world.run(['rm', '-f', ...(await world.ok(['ls', '-q'])).split('\n').filter((name) => name !== '')]);
    assert.deepEqual(await sandbox.counts(), {});
  });

  const machineDirectory = (name: string) => join(world.store, 'machines', name);
  const lose = (name: string) => rm(machineDirectory(name), { recursive: true });
  const prune = (...args: string[]) => world.run(['prune', '--older-than', '0', ...args]);
  const found = async (...args: string[]): Promise<Json> => world.json(['prune', '--older-than', '0', ...args]);
  const verdicts = ({ machines }: Json) =>
    Object.fromEntries(machines.map(({ name, verdict }: Json) => [name, verdict]));
  const put = async (path: string, body: Json) => {
    const answer = await finish(sandbox.azure, await sandbox.azure('PUT', path, body));
    assert.ok(answer.status < 300, answer.text);
  };
  const plantAddress = (name: string, tags: Json) =>
    put(`/resourceGroups/elsewhere/providers/Microsoft.Network/publicIPAddresses/${name}`, {
      ...LOCATION,
      tags,
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    });

  it('finds nothing among machines that have records, whatever phase they are in', async () => {
    await sandbox.arm({
      path: '/virtualMachines/half$',
      method: 'PUT',
      when: 'operation',
      action: { operation: 'fail', code: 'AllocationFailed', message: 'Allocation failed.' },
    });
    assert.equal((await world.run(['create', '--no-rollback', 'half'])).code, 7);
    await world.ok(['create', 'whole', '--azure-resource-group', 'second']);
    const report = await found('--yes');
    assert.deepEqual([report.machines, report.shared], [[], []]);
    assert.match(await world.ok(['prune']), /^Nothing is left over in subscription sandbox\.\n$/);
  });

  it('shows what is left of a machine whose record is lost, and removes it when told', async () => {
    await world.ok(['create', 'dev', '--azure-availability-set', 'set']);
    await world.ok(['create', 'kept', '--azure-resource-group', 'second']);
    await lose('dev');
    const shown = await prune();
    assert.equal(shown.code, 0, shown.stderr);
    assert.deepEqual(
      shown.stdout
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {3,}/).slice(0, 3).join(' | ').trim()),
      [
        'virtual machine | dev | dev',
        'extension | DockerExtension | dev',
        'disk | dev-os-disk | dev',
        'NIC | dev-nic | dev',
        'firewall | dev-firewall | dev',
        'public IP | dev-ip | dev',
        'network | docker-machine-vnet | -',
        'availability set | set | -',
        'resource group | docker-machine | -',
        '',
      ],
    );
    assert.match(shown.stdout, /^virtual machine +dev +dev +docker-machine +\d+s +running +yes$/m);
    assert.match(shown.stdout, /^NIC .* no$/m);
    assert.match(shown.stderr, /Nothing is removed, since nobody can be asked here\. .*azdock prune --yes/);
    for (const args of [['--dry-run', '--yes'], ['--json']]) assert.equal((await prune(...args)).code, 0);
    assert.notDeepEqual(await sandbox.resourcesIn('docker-machine'), []);

    const done = await prune('--yes');
    assert.deepEqual([done.code, done.stdout.split('\n').at(-2)], [0, 'Removed 9 resources.']);
    assert.deepEqual(await sandbox.resourcesIn('docker-machine'), []);
    assert.equal(await sandbox.hasGroup('docker-machine'), false);
    assert.equal((await sandbox.resourcesIn('second')).length, 8);
  });

  it('spares what is young, unless told otherwise', async () => {
    await world.ok(['create', 'dev']);
    await lose('dev');
    assert.match(await world.ok(['prune', '--yes']), /Left alone, as too young: dev \(\d+s\)/);
    assert.equal((await sandbox.resourcesIn('docker-machine')).length, 8);
    for (const [age, why] of [
      ['1', 'not "1"'],
      ['-1h', 'not'],
      ['1w', 'not "1w"'],
    ] as const) {
      const { code, stderr } = await world.run(['prune', `--older-than=${age}`]);
      assert.equal(code, 2);
      assert.ok(stderr.includes(why), stderr);
    }
  });

  it('leaves machines of other stores alone, unless the subscription is named', async () => {
    const env = { MACHINE_STORAGE_PATH: join(world.directory, 'colleague') };
    await world.ok(['create', 'theirs'], { env });
    await put('/resourceGroups/elsewhere', LOCATION);
    await plantAddress('old', { 'azdock-machine': 'ancient', 'azdock-id': 'from-before-the-tag' });
    assert.deepEqual(verdicts(await found()), { theirs: 'other-store', ancient: 'other-store' });
    assert.match((await prune('--yes')).stdout, /Left alone, as of another store: .*theirs/);
    assert.deepEqual(verdicts(await found('--store', env.MACHINE_STORAGE_PATH)), { ancient: 'other-store' });
    assert.deepEqual(await found('--all-stores', '--store', env.MACHINE_STORAGE_PATH).then(verdicts), {
      ancient: 'remove',
    });
    const wrong = await prune('--all-stores', '--yes', '--confirm', 'another');
    assert.equal(wrong.code, 10);
    assert.match(wrong.stderr, /another is not the subscription that was looked through/);
    const { code, stderr } = await prune('--all-stores', '--yes');
    assert.equal(code, 10);
    assert.match(stderr, /in use by somebody else/);
    assert.match(stderr, new RegExp(`--yes --confirm ${sandbox.discovery.subscriptionId}`));
    await world.ok(['status', 'theirs'], { env });

    await prune('--all-stores', '--yes', '--confirm', sandbox.discovery.subscriptionId);
    assert.deepEqual(await sandbox.resourcesIn('docker-machine'), []);
    assert.equal(await sandbox.hasGroup('elsewhere'), true, 'a group that azdock did not make stays');
    await finish(sandbox.azure, await sandbox.azure('DELETE', '/resourceGroups/elsewhere'));
    assert.equal((await world.run(['prune', '--store', join(world.directory, 'none')])).code, 2);
    await rm(env.MACHINE_STORAGE_PATH, { recursive: true });
  });

  it('takes a copy of a store for another one', async () => {
    await world.ok(['create', 'dev']);
    const copy = join(world.directory, 'copy');
    await world.program('cp', ['-r', world.store, copy]);
    await rm(join(copy, 'machines', 'dev'), { recursive: true });
    const env = { MACHINE_STORAGE_PATH: copy };
    assert.deepEqual(verdicts(await world.json(['prune', '--older-than', '0'], { env })), { dev: 'other-store' });
  });

  it('takes a machine whose record cannot be read for one that has its name', async () => {
    await world.ok(['create', 'dev']);
    await writeFile(join(machineDirectory('dev'), 'azdock.json'), '{"version":2}');
    const { code, stdout, stderr } = await prune('--yes');
    assert.deepEqual([code, stdout], [0, 'Nothing is left over in subscription sandbox.\n']);
    assert.match(stderr, /azdock\.json was written by a newer azdock.*What is tagged dev is left alone/);
    await lose('dev');
  });

  it('spares a machine whose record is there again by the time of its removal', async () => {
    await world.ok(['create', 'dev']);
    await rename(machineDirectory('dev'), join(world.directory, 'aside'));
    const hold = await sandbox.arm({
      method: 'GET',
      path: '/virtualNetworks/docker-machine-vnet$',
      action: { hold: true },
    });
    const running = collect(world.start(['prune', '--older-than', '0', '--yes']));
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
    await rename(join(world.directory, 'aside'), machineDirectory('dev'));
    await sandbox.disarm(hold);
    const { code, stderr, stdout } = await running;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /dev is left alone: it has a record by now/);
    assert.match(stderr, /Network docker-machine-vnet in docker-machine stays: it is in use/);
    assert.match(stdout, /Removed 0 resources\.\n$/);
    await world.ok(['env', 'dev']);
  });

  it('spares a resource that another machine has been given meanwhile', async () => {
    await world.ok(['create', 'dev']);
    await lose('dev');
    await put('/resourceGroups/elsewhere', LOCATION);
    await plantAddress('shared-name', {
      'azdock-machine': 'gone',
      'azdock-id': 'gone-id',
      'azdock-store': await storeId(),
    });
    const hold = await sandbox.arm({
      method: 'GET',
      path: '/virtualNetworks/docker-machine-vnet$',
      action: { hold: true },
    });
    const running = collect(world.start(['prune', '--older-than', '0', '--yes']));
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
    await plantAddress('shared-name', { 'azdock-machine': 'gone', 'azdock-id': 'new-id' });
    await sandbox.disarm(hold);
    assert.equal((await running).code, 0);
    const left = await sandbox.resourcesIn('elsewhere');
    assert.deepEqual(
      left.map((id) => id.split('/').at(-1)),
      ['shared-name'],
    );
    await finish(sandbox.azure, await sandbox.azure('DELETE', '/resourceGroups/elsewhere'));
  });

  it('names what is left when Azure refuses, goes on with the rest, and can be run again', async () => {
    await Promise.all([world.ok(['create', 'one']), world.ok(['create', 'two', '--azure-resource-group', 'second'])]);
    await Promise.all([lose('one'), lose('two')]);
    const fault = await sandbox.arm({
      method: 'DELETE',
      path: '/publicIPAddresses/one-ip$',
      times: 0,
      action: { status: 403, code: 'ScopeLocked', message: 'The scope is locked.' },
    });
    // It does not go along with the VM either.
    await sandbox.arm({
      method: 'DELETE',
      path: '/virtualMachines/one$',
      times: 1,
      action: { status: 403, code: 'ScopeLocked', message: 'Locked.' },
    });
    const { code, stdout, stderr } = await prune('--yes', '--json');
    const { machines, error } = JSON.parse(stdout);
    assert.deepEqual([code, error.code], [9, 'partial-removal'], stderr);
    assert.match(error.message, /^What was left of one is not wholly removed; left in Azure: virtual machine one/);
    assert.deepEqual(error.nextSteps, [{ label: 'Try again', command: 'azdock prune' }]);
    const isGone = (machine: string) =>
      machines.find(({ name }: Json) => name === machine).resources.map(({ removed }: Json) => removed);
    assert.deepEqual([isGone('one').includes(true), isGone('two').includes(false)], [false, false], stdout);
    assert.deepEqual(await sandbox.resourcesIn('second'), []);
    await sandbox.disarm(fault);
    assert.equal((await prune('--yes')).code, 0);
    assert.deepEqual(await sandbox.counts(), {});
  });

  it('goes on where it was killed', async () => {
    await world.ok(['create', 'dev']);
    await lose('dev');
    for (const path of [
      '/virtualMachines/dev$',
      '/networkSecurityGroups/dev-firewall$',
      '/virtualNetworks/docker-machine-vnet$',
    ]) {
      const hold = await sandbox.arm({ method: 'DELETE', path, action: { hold: 'after' } });
      const child = world.start(['prune', '--older-than', '0', '--yes']);
      const end = collect(child);
      await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
      child.kill('SIGKILL');
      await end;
      await sandbox.disarm(hold);
    }
    assert.equal((await prune('--yes')).code, 0);
    assert.deepEqual(await sandbox.counts(), {});
  });

  async function storeId(): Promise<string> {
    return JSON.parse(await readFile(join(world.store, 'azdock-store.json'), 'utf8')).id;
  }
});
