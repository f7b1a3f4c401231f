import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { interfaceBody, location, make, network } from './build-machine.ts';
import { type ComputeBench, openComputeBench } from './compute-bench.ts';
import { control } from './control-calls.ts';

let bench: ComputeBench;
before(async () => {
  bench = await openComputeBench();
});
after(() => bench[Symbol.asyncDispose]());

test('a machine is in one zone that its region has and that offers its size', async () => {
  const { create, refused } = bench;
  assert.equal(await refused({ zones: ['1', '2'] }), '400 ResourceCannotHaveMultipleZonesSpecified');
  assert.equal(await refused({ zones: ['7'] }), '400 AvailabilityZoneNotSupported');
  assert.equal(await refused({ zones: ['2'], size: 'Standard_D2s_v6' }), '409 SkuNotAvailable');
  const made = await create('zoned', { zones: ['2'] });
  assert.deepEqual(made.zones, ['2']);
  const disk = await bench.compute.disks.get('rg', made.storageProfile?.osDisk?.name ?? '');
  assert.deepEqual(disk.zones, ['2']);
});

test('the public address of a machine with a zone is in that zone, or in all', async () => {
  const { arm, create, id, refused } = bench;
  await make(arm, `${network}/publicIPAddresses/pinned-ip`, {
    location,
    sku: { name: 'Standard' },
    zones: ['3'],
    properties: { publicIPAllocationMethod: 'Static' },
  });
  await make(arm, `${network}/networkInterfaces/pinned-nic`, interfaceBody(arm, 'pinned'));
  const networkProfile = { networkInterfaces: [{ id: id('Microsoft.Network/networkInterfaces/pinned-nic') }] };
  const problem = '400 ComputeResourceZoneConstraintDoesNotMatchPublicIPAddressZoneConstraint';
  assert.equal(await refused({ zones: ['1'], networkProfile }), problem);
  assert.deepEqual((await create('pinned-vm', { zones: ['3'], networkProfile })).zones, ['3']);
});

test('a proximity placement group holds machines and sets, and cannot be deleted while it does', async () => {
  const { compute, create, refused, id } = bench;
  const groups = compute.proximityPlacementGroups;
  const proximityPlacementGroup = { id: id('Microsoft.Compute/proximityPlacementGroups/near') };
  assert.equal(await refused({ proximityPlacementGroup }), '400 InvalidResourceReference');
  const group = await groups.createOrUpdate('rg', 'near', { location, proximityPlacementGroupType: 'Standard' });
  assert.equal(group.proximityPlacementGroupType, 'Standard');
  await create('close', { proximityPlacementGroup });
  await compute.availabilitySets.createOrUpdate('rg', 'set', {
    location,
    sku: { name: 'Aligned' },
    proximityPlacementGroup,
  });
  const shown = await groups.get('rg', 'near');
  assert.deepEqual(
    shown.virtualMachines?.map((one) => one.id),
    [id('Microsoft.Compute/virtualMachines/close')],
  );
  assert.deepEqual(
    shown.availabilitySets?.map((one) => one.id),
    [id('Microsoft.Compute/availabilitySets/set')],
  );
  assert.equal(await bench.refusal(groups.delete('rg', 'near')), '409 OperationNotAllowed');
  const availabilitySet = { id: id('Microsoft.Compute/availabilitySets/set') };
  assert.equal(await refused({ availabilitySet }), '409 OperationNotAllowed proximityPlacementGroup');
  assert.deepEqual((await groups.update('rg', 'near', { tags: { a: 'b' } })).tags, { a: 'b' });
  await compute.virtualMachines.delete('rg', 'close');
  await compute.availabilitySets.delete('rg', 'set');
  await groups.delete('rg', 'near');
  assert.equal(await bench.refusal(groups.get('rg', 'near')), '404 ResourceNotFound');
});

test('a proximity placement group with an intent takes the sizes and the zone that it was made for', async () => {
  const { compute, refused, id } = bench;
  const groups = compute.proximityPlacementGroups;
  const zonesOnly = groups.createOrUpdate('rg', 'meant', { location, zones: ['1'] });
  assert.equal(await bench.refusal(zonesOnly), '400 InvalidParameter zones');
  await groups.createOrUpdate('rg', 'meant', { location, zones: ['1'], intent: { vmSizes: ['Standard_D4s_v5'] } });
  const proximityPlacementGroup = { id: id('Microsoft.Compute/proximityPlacementGroups/meant') };
  const problem = '409 OperationNotAllowed proximityPlacementGroup';
  assert.equal(await refused({ proximityPlacementGroup, size: 'Standard_D4s_v5' }), problem);
  assert.equal(await refused({ proximityPlacementGroup, zones: ['1'] }), problem);
});

test('what belongs to Spot goes with Spot only, and Spot not with everything', async () => {
  const { refused, id, compute } = bench;
  const spot = { priority: 'Spot' } as const;
  assert.equal(await refused({ evictionPolicy: 'Delete' }), '409 OperationNotAllowed evictionPolicy');
  assert.equal(await refused({ billingProfile: { maxPrice: 1 } }), '409 OperationNotAllowed billingProfile');
  assert.equal(await refused({ ...spot, size: 'Standard_B2s_v2' }), '409 OperationNotAllowed vmSize');
  const priced = (maxPrice: number) => refused({ ...spot, billingProfile: { maxPrice } });
  assert.equal(await priced(0), '409 OperationNotAllowed billingProfile.maxPrice');
  assert.equal(await priced(-2), '409 OperationNotAllowed billingProfile.maxPrice');
  assert.equal(await priced(0.00001), '409 OperationNotAllowed billingProfile.maxPrice');
  await compute.availabilitySets.createOrUpdate('rg', 'aligned', { location, sku: { name: 'Aligned' } });
  const availabilitySet = { id: id('Microsoft.Compute/availabilitySets/aligned') };
  assert.equal(await refused({ ...spot, availabilitySet }), '409 OperationNotAllowed priority');
});

test('an evicted machine is deallocated or deleted, as its policy says', async () => {
  const { compute, create, id, sandbox } = bench;
  const made = await create('cheap', { priority: 'Spot', billingProfile: { maxPrice: -1 } });
  assert.deepEqual([made.priority, made.evictionPolicy, made.billingProfile?.maxPrice], ['Spot', 'Deallocate', -1]);
  const evict = (name: string) =>
    control(sandbox, 'POST', 'evict', { id: id(`Microsoft.Compute/virtualMachines/${name}`) });
  assert.deepEqual((await evict('cheap')).body, { policy: 'Deallocate' });
  const view = await compute.virtualMachines.instanceView('rg', 'cheap');
  assert.deepEqual(
    view.statuses?.map(({ code }) => code),
    ['ProvisioningState/succeeded', 'PowerState/deallocated'],
  );
  await compute.virtualMachines.start('rg', 'cheap');

  await create('cheaper', {
    priority: 'Spot',
    evictionPolicy: 'Delete',
    osDisk: { name: 'cheaper-disk', deleteOption: 'Delete' },
  });
  await compute.virtualMachines.simulateEviction('rg', 'cheaper');
  assert.equal(await bench.refusal(compute.virtualMachines.get('rg', 'cheaper')), '404 ResourceNotFound');
  assert.equal(await bench.refusal(compute.disks.get('rg', 'cheaper-disk')), '404 ResourceNotFound');
  await create('dear');
  assert.equal((await evict('dear')).status, 409);
  assert.equal((await evict('none')).status, 404);
});
