import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DataDisk } from '@azure/arm-compute';
import { location } from './build-machine.ts';
import { type ComputeBench, type MachineChange, openComputeBench } from './compute-bench.ts';

let bench: ComputeBench;
before(async () => {
  bench = await openComputeBench();
});
after(() => bench[Symbol.asyncDispose]());

const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' };
const withDisks = (...dataDisks: DataDisk[]): MachineChange => ({
  storageProfile: { imageReference: image, osDisk: { createOption: 'FromImage' }, dataDisks },
});
const empty = (lun: number, more: Partial<DataDisk> = {}): DataDisk => ({
  lun,
  createOption: 'Empty',
  diskSizeGB: 8,
  ...more,
});

test('an OS disk is not smaller than its image, and of a kind that size and disk allow', async () => {
  const { refused } = bench;
  assert.equal(await refused({ osDisk: { diskSizeGB: 29 } }), '409 OperationNotAllowed osDisk.diskSizeGB');
  assert.equal(await refused({ osDisk: { diskSizeGB: 4096 } }), '400 InvalidParameter osDisk.diskSizeGB');
  const kind = (storageAccountType: string) => ({ osDisk: { managedDisk: { storageAccountType } } });
  const target = '400 InvalidParameter osDisk.managedDisk.storageAccountType';
  for (const sku of ['PremiumV2_LRS', 'UltraSSD_LRS']) assert.equal(await refused(kind(sku)), target);
  const plain = {
    imageReference: { ...image, sku: 'server-gen1' },
    osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } },
  };
  assert.equal(
    await refused({ size: 'Standard_D2_v3', storageProfile: plain }),
    '400 InvalidParameter storageAccountType',
  );
});

test('an ephemeral OS disk needs a size with room for it, and caching for reading', async () => {
  const { compute, create, refused } = bench;
  const local = (more: MachineChange['osDisk'] = {}) => ({
    caching: 'ReadOnly' as const,
    diffDiskSettings: { option: 'Local', placement: 'ResourceDisk' },
    ...more,
  });
  const size = 'Standard_D2ds_v5';
  assert.equal(await refused({ osDisk: local() }), '409 NotSupported osDisk');
  assert.equal(await refused({ size, osDisk: local({ caching: 'ReadWrite' }) }), '400 InvalidParameter osDisk.caching');
  assert.equal(
    await refused({ size, osDisk: local({ deleteOption: 'Detach' }) }),
    '400 InvalidParameter osDisk.deleteOption',
  );
  assert.equal(await refused({ size, osDisk: local({ diskSizeGB: 76 }) }), '409 NotSupported osDisk');
  const inCache = { option: 'Local', placement: 'CacheDisk' };
  assert.equal(
    await refused({ size, osDisk: local({ diskSizeGB: 51, diffDiskSettings: inCache }) }),
    '409 NotSupported osDisk',
  );
  const spot = { size, osDisk: local(), priority: 'Spot' } as const;
  assert.equal(await refused(spot), '409 OperationNotAllowed evictionPolicy');

  const made = await create('local', { size, osDisk: local({ name: 'local-disk' }) });
  const { option, placement } = made.storageProfile?.osDisk?.diffDiskSettings ?? {};
  assert.deepEqual([option, placement], ['Local', 'ResourceDisk']);
  assert.equal(made.storageProfile?.osDisk?.deleteOption, 'Delete');
  assert.equal(await bench.refusal(compute.virtualMachines.deallocate('rg', 'local')), '409 OperationNotAllowed');
  await compute.virtualMachines.powerOff('rg', 'local');
  await compute.virtualMachines.delete('rg', 'local');
  assert.equal(await bench.refusal(compute.disks.get('rg', 'local-disk')), '404 ResourceNotFound');
});

test('data disks have numbers of their own, a size, and a kind that size and zone allow', async () => {
  const { refused } = bench;
  const disks = (...all: DataDisk[]) => refused(withDisks(...all));
  assert.equal(await disks(empty(0), empty(0)), '400 InvalidParameter dataDisk.lun');
  assert.equal(await disks(empty(64)), '400 InvalidParameter dataDisk.lun');
  assert.equal(await disks({ lun: 0, createOption: 'Empty' }), '400 InvalidParameter dataDisk.diskSizeGB');
  assert.equal(await disks(empty(0, { diskSizeGB: 32_768 })), '400 InvalidParameter dataDisk.diskSizeGB');
  assert.equal(
    await disks(empty(0, { diskSizeGB: 4096, caching: 'ReadOnly' })),
    '400 InvalidParameter dataDisk.caching',
  );
  assert.equal(await disks(...[0, 1, 2, 3, 4].map((lun) => empty(lun))), '409 OperationNotAllowed dataDisks');
  const fast = { managedDisk: { storageAccountType: 'PremiumV2_LRS' } };
  assert.equal(await disks(empty(0, fast)), '400 InvalidParameter managedDisk.storageAccountType');
  const cached = { ...withDisks(empty(0, { ...fast, caching: 'ReadOnly' })), zones: ['1'] };
  assert.equal(await refused(cached), '400 InvalidParameter dataDisk.caching');
  const ultra = { managedDisk: { storageAccountType: 'UltraSSD_LRS' } };
  assert.equal(await disks(empty(0, ultra)), '400 InvalidParameter managedDisk.storageAccountType');
  assert.equal(
    await disks(empty(0, { name: 'twice' }), empty(1, { name: 'TWICE' })),
    '409 ConflictingUserInput disk.name',
  );
  assert.equal(await disks({ lun: 0, createOption: 'FromImage' }), '501 SandboxNotImplemented');
});

test('data disks are resources with the tags and the zone of their machine, and go with it by deleteOption', async () => {
  const { compute, create, guests, id } = bench;
  const fast = { managedDisk: { storageAccountType: 'PremiumV2_LRS' }, diskSizeGB: 40_000 };
  const made = await create('holder', {
    ...withDisks(empty(3, { name: 'kept' }), empty(1, { ...fast, deleteOption: 'Delete' })),
    zones: ['1'],
    tags: { 'azdock-machine': 'holder' },
  });
  const shown = made.storageProfile?.dataDisks ?? [];
  assert.deepEqual(
    shown.map((disk) => [
      disk.lun,
      disk.diskSizeGB,
      disk.managedDisk?.storageAccountType,
      disk.caching,
      disk.deleteOption,
    ]),
    [
      [1, 40_000, 'PremiumV2_LRS', 'None', 'Delete'],
      [3, 8, 'Standard_LRS', 'None', 'Detach'],
    ],
  );
  const kept = await compute.disks.get('rg', 'kept');
  assert.deepEqual([kept.tags, kept.zones, kept.diskSizeGB], [{ 'azdock-machine': 'holder' }, ['1'], 8]);
  assert.equal(kept.managedBy, id('Microsoft.Compute/virtualMachines/holder'));
  const guest = guests.guests.get(id('Microsoft.Compute/virtualMachines/holder').toLowerCase());
  assert.deepEqual(
    guest?.spec.dataDisks?.map(({ lun, sizeGiB }) => [lun, sizeGiB]),
    [
      [1, 40_000],
      [3, 8],
    ],
  );
  assert.equal(await bench.refusal(compute.disks.delete('rg', 'kept')), '409 OperationNotAllowed');

  await compute.virtualMachines.delete('rg', 'holder');
  const gone = shown[0]?.name ?? '';
  assert.equal(await bench.refusal(compute.disks.get('rg', gone)), '404 ResourceNotFound');
  assert.equal((await compute.disks.get('rg', 'kept')).diskState, 'Unattached');
  const content = (name: string) => id(`Microsoft.Compute/disks/${name}`).toLowerCase();
  assert.ok(guests.deletedDisks.includes(content(gone)));
  assert.ok(!guests.deletedDisks.includes(content('kept')));
});

test('a disk that is there is attached to the machine of its zone, and to one machine', async () => {
  const { compute, create, id, refused } = bench;
  const attach = { lun: 0, createOption: 'Attach', managedDisk: { id: id('Microsoft.Compute/disks/kept') } };
  assert.equal(await refused(withDisks(attach)), '400 InvalidParameter dataDisk');
  assert.equal(await refused({ ...withDisks(attach), zones: ['2'] }), '400 BadRequest');
  await create('taker', { ...withDisks(attach), zones: ['1'] });
  assert.equal(await refused({ ...withDisks(attach), zones: ['1'] }), '409 OperationNotAllowed');
  const none = { ...attach, managedDisk: { id: id('Microsoft.Compute/disks/none') } };
  assert.equal(await refused(withDisks(none)), '400 InvalidResourceReference');
  const made = await compute.virtualMachines.get('rg', 'taker');
  assert.equal(made.storageProfile?.dataDisks?.[0]?.name, 'kept');
  assert.equal(made.location, location);
});
