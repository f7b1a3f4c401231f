import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { finish } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { clientSet, machineFolder, ping } from './engine.ts';
import { WorldSandbox } from './world-sandbox.ts';

const VMS = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines';

describe('rm', needs(...linuxGuests), () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world);
    await Promise.all(
      ['one', 'two', 'three'].map((name) => world.ok(['create', name, '--azure-provisioner', 'custom-script'])),
    );
  });
  after(() => world?.destroy());

  const names = () => world.json(['ls', '-q']);
  const answers = async (machine: string) =>
    assert.deepEqual(await ping(world, machine, await clientSet(machineFolder(world, machine))), {
      status: 200,
      body: 'OK',
    });

  for (const [what, input] of [
    ['n', 'n\n'],
    ['anything but yes', 'perhaps\n'],
    ['nothing at all', ''],
  ] as const) {
    it(`asks, and removes nothing when the answer is ${what}`, async () => {
      const before = await sandbox.counts();
      const { code, stdout, stderr } = await world.run(['rm', 'one', 'two'], { input });
      assert.deepEqual([code, stdout], [0, '']);
      assert.match(stderr, /About to remove one: .*docker-machine/);
      assert.match(stderr, /and two: /);
      assert.match(stderr, /Are you sure\? \(y\/n\): /);
      assert.deepEqual(await sandbox.counts(), before);
      assert.deepEqual(await names(), ['one', 'three', 'two']);
    });
  }

  it('removes one machine when told yes, and leaves its neighbours on the same network working', async () => {
    const { code, stdout } = await world.run(['rm', 'one'], { input: 'yes\n' });
    assert.deepEqual([code, stdout], [0, 'Removed one.\n']);
    assert.deepEqual(await names(), ['three', 'two']);
    assert.equal(existsSync(machineFolder(world, 'one')), false);
    const left = await sandbox.resourcesIn('docker-machine');
    assert.deepEqual(
      left.filter((id) => id.includes('/one')),
      [],
    );
    assert.ok(
      left.some((id) => id.endsWith('/docker-machine-vnet')),
      'the network is in use',
    );
    for (const machine of ['two', 'three']) await answers(machine);
    await world.ok(['env', 'two']);
  });

  it('removes a machine whose VM was deallocated', async () => {
    await finish(sandbox.azure, await sandbox.azure('POST', `${VMS}/two/deallocate`));
    assert.deepEqual(await world.json(['rm', '-y', 'two']), { removed: ['two'] });
    assert.deepEqual(
      (await sandbox.resourcesIn('docker-machine')).filter((id) => id.includes('/two')),
      [],
    );
    await answers('three');
  });

  it('removes a machine whose VM is gone already, and with the last one network and group, which azdock made', async () => {
    await finish(sandbox.azure, await sandbox.azure('DELETE', `${VMS}/three`));
    await world.ok(['rm', '-y', 'three']);
    assert.deepEqual(await sandbox.counts(), {});
    const { machines } = await world.json(['sandbox', 'status']);
    assert.deepEqual(machines, []);
    assert.deepEqual(await names(), []);
  });

  it('keeps a resource group that azdock did not make, and one in which there is something else', async () => {
    await sandbox.azure('PUT', '/resourcegroups/mine', { location: 'westeurope' });
    await Promise.all([
      world.ok(['create', 'guest', '--azure-resource-group', 'mine', '--azure-provisioner', 'custom-script']),
      world.ok(['create', 'owner', '--azure-resource-group', 'shared', '--azure-provisioner', 'custom-script']),
    ]);
    const address = '/resourceGroups/shared/providers/Microsoft.Network/publicIPAddresses/somebody-elses';
    const body = {
      location: 'westeurope',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    };
    await finish(sandbox.azure, await sandbox.azure('PUT', address, body));
    assert.equal(await world.ok(['rm', '-y', 'guest', 'owner']), 'Removed guest.\nRemoved owner.\n');
    assert.deepEqual(await sandbox.counts(), {
      'Microsoft.Resources/resourceGroups': 2,
      'Microsoft.Network/publicIPAddresses': 1,
    });
    assert.equal(await sandbox.hasGroup('mine'), true);
    assert.deepEqual(await sandbox.resourcesIn('mine'), []);
  });

  it('of a machine that nobody knows fails with 4, and with -f ends with 0', async () => {
    const plain = await world.run(['rm', '-y', 'nobody']);
    assert.equal(plain.code, 4);
    assert.match(plain.stderr, /nobody/);
    const forced = await world.run(['rm', '-f', 'nobody']);
    assert.equal(forced.code, 0);
    assert.match(forced.stderr, /nobody/);
    const piped = await world.run(['rm', 'nobody'], { input: 'n\n' });
    assert.equal(piped.code, 0);
  });
});
