import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isWanted } from '../chaos/case-filter.ts';
import { compute } from '../sandbox/build-machine.ts';
import { World } from './azdock.ts';
import { titleOf } from './cloud-calls.ts';
import { clientSet, machineFolder, ping } from './engine.ts';
import { killAt } from './kill-moments.ts';
import { callsOf, type Point, pointsOf } from './kill-points.ts';
import { type PlantedVm, plantNetwork, plantVm, tagsOf } from './planted-vm.ts';
import { openRelay, type Relay } from './relay.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** All requests are named as they are: the cases of one world come one after the other. */
const names = { machine: '{machine}', group: '{group}' };
/** Files that are made once for a store, and stay. */
const KEPT = ['certs/ca.pem', 'certs/cert.pem', 'machines/dev/id_rsa.pub', 'machines/dev/ca.pem'];

interface Place {
  readonly world: World;
  readonly sandbox: WorldSandbox;
  readonly relay: Relay;
}

async function open(): Promise<Place> {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated', AZDOCK_AZURE_ALLOW_FROM: '*' });
  return { world, sandbox: await WorldSandbox.up(world), relay: await openRelay(world) };
}

async function close(place: Place | undefined): Promise<void> {
  await place?.relay.close();
  await place?.world.destroy();
}

/** Runs a command up to a point, and kills it there. */
async function kill(
  { world, sandbox, relay }: Place,
  args: readonly string[],
  { call, moment }: Point,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const relayed = moment === 'on its way' ? { AZDOCK_SANDBOX_DIR: relay.directory } : {};
  const start = () => world.start(args, { env: { ...env, ...relayed } });
  await killAt(moment, { sandbox, call, names, start });
}

/** What there is of the files that are made once. */
async function kept(store: string): Promise<Record<string, string>> {
  const read = async (name: string) => [name, await readFile(join(store, name), 'utf8').catch(() => '')] as const;
  return Object.fromEntries((await Promise.all(KEPT.map(read))).filter(([, text]) => text !== ''));
}

describe('killed by SIGKILL, with a host that others have made', { concurrency: 2 }, () => {
  let attaching: Place;
  let adopting: Place;
  let vm: PlantedVm;

  before(async () => {
    [attaching, adopting] = await Promise.all([open(), open()]);
    await attaching.world.ok(['create', 'dev', '--azure-provisioner', 'custom-script']);
    await plantNetwork(adopting.sandbox.azure);
    vm = await plantVm(adopting.sandbox.azure, 'web');
  });
  after(async () => {
    const left = await attaching?.sandbox.counts();
    await Promise.all([close(attaching), close(adopting)]);
    assert.deepEqual(left, {}, 'nothing is left of any case');
  });

  test('attach goes on, and everybody keeps access', async (context) => {
    const { world, sandbox } = attaching;
    const storeOf = (name: string) => join(world.directory, 'stores', name);
    const theirs = (store: string) => ({ env: { MACHINE_STORAGE_PATH: store } });
    const first = storeOf('first');
    const since = await sandbox.lastEntry();
    await world.ok(['attach', 'dev'], theirs(first));
    const points = pointsOf(callsOf(await sandbox.journal(since)));
    await world.ok(['rm', '-y', 'dev'], theirs(first));
    const resources = await sandbox.resourcesIn('docker-machine');
    const owner = await clientSet(machineFolder(world, 'dev'));

    for (const [index, point] of points.entries()) {
      const title = `attach killed ${point.moment}: ${titleOf(point.call)}`;
      if (!isWanted(title)) continue;
      await context.test(title, { timeout: 120_000 }, async () => {
        const store = storeOf(String(index));
        await kill(attaching, ['attach', 'dev'], point, { MACHINE_STORAGE_PATH: store });
        const before = await kept(store);
        await world.ok(['ls'], theirs(store));
        await world.ok(['attach', 'dev'], theirs(store));
        const after = await kept(store);
        for (const [name, text] of Object.entries(before)) assert.equal(after[name], text, `${name} is not made twice`);
        await world.ok(['env', 'dev'], theirs(store));
        const own = await clientSet(join(store, 'machines', 'dev'));
        for (const set of [owner, own]) assert.equal((await ping(world, 'dev', set)).body, 'OK');
        await world.ok(['rm', '-y', 'dev'], theirs(store));
        assert.deepEqual(await sandbox.resourcesIn('docker-machine'), resources);
      });
    }
    await world.ok(['rm', '-y', 'dev']);
  });

  test('adopt goes on, and the VM is never lost', async (context) => {
    const { world, sandbox } = adopting;
    const args = ['adopt', 'dev', '--azure-vm', vm.id, '--azure-provisioner', 'custom-script'];
    const isThere = async () =>
      assert.equal((await sandbox.azure('GET', `${compute}/virtualMachines/web/instanceView`)).status, 200);
    const idOf = async () => JSON.parse(await world.file('dev', 'azdock.json')).id;
    const atFirst = { resources: await sandbox.resourcesIn('rg'), tags: await tagsOf(sandbox.azure, vm) };
    const since = await sandbox.lastEntry();
    await world.ok(args);
    const points = pointsOf(callsOf(await sandbox.journal(since)));
    await world.ok(['rm', '-y', 'dev']);

    for (const point of points) {
      const title = `adopt killed ${point.moment}: ${titleOf(point.call)}`;
      if (!isWanted(title)) continue;
      await context.test(title, { timeout: 120_000 }, async () => {
        await kill(adopting, args, point);
        await isThere();
        const before = { files: await kept(world.store), id: await idOf().catch(() => undefined) };
        await world.ok(['ls']);
        await world.ok(args);
        const after = await kept(world.store);
        for (const [name, text] of Object.entries(before.files))
          assert.equal(after[name], text, `${name} is not made twice`);
        if (before.id !== undefined) assert.equal(await idOf(), before.id);
        assert.equal((await ping(world, 'dev', await clientSet(machineFolder(world, 'dev')))).body, 'OK');
        await world.ok(['rm', '-y', 'dev']);
        assert.deepEqual(
          { resources: await sandbox.resourcesIn('rg'), tags: await tagsOf(sandbox.azure, vm) },
          atFirst,
          'all is as it was',
        );
      });
    }
  });
});
