import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AzureOptions } from '../../../src/drivers/azure/options.ts';
import { unsetOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { changesAddress, refuseFixed } from '../../../src/machine/resume/fixed-options.ts';
import { memoryJournal } from '../../drivers/azure/memory-journal.ts';

const before: AzureOptions = { ...unsetOptions, resourceGroup: 'group', availabilitySet: 'set' };
const GROUP = '/subscriptions/s/resourceGroups/group';
const changesTo = (options: Partial<AzureOptions>) => ({ name: 'dev', before, after: { ...before, ...options } });
const journal = (...ids: readonly string[]) => memoryJournal(ids.map((id) => ({ id: GROUP + id, shared: true })));

/** The flag that is refused; undefined when nothing is. */
function refused(
  options: Partial<AzureOptions>,
  left: { ids?: readonly string[]; hasHost?: boolean },
): string | undefined {
  try {
    refuseFixed(changesTo(options), { journal: journal(...(left.ids ?? [])), hasHost: left.hasHost === true });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof UsageError);
    assert.deepEqual(error.nextSteps.map(({ command }) => command).slice(0, 2), [
      'azdock create dev --resume',
      'azdock rm dev',
    ]);
    return error.resource;
  }
}

const NIC = '/providers/Microsoft.Network/networkInterfaces/dev-nic';
const NETWORK = '/providers/Microsoft.Network/virtualNetworks/docker-machine-vnet';
const SET = '/providers/Microsoft.Compute/availabilitySets/set';

test('as long as nothing was made, everything may be another', () => {
  assert.equal(refused({ location: 'northeurope', resourceGroup: 'other', virtualNetwork: 'net' }, {}), undefined);
});

test('where something was made, the rest is made', () => {
  assert.equal(refused({ location: 'northeurope' }, { ids: [NIC] }), '--azure-location');
  assert.equal(refused({ resourceGroup: 'other' }, { ids: [NIC] }), '--azure-resource-group');
  assert.equal(refused({ location: 'West Europe' }, { ids: [NIC] }), undefined);
});

test('what machines share is not left behind for another', () => {
  assert.equal(refused({ virtualNetwork: 'net' }, { ids: [NETWORK] }), '--azure-vnet');
  assert.equal(refused({ availabilitySet: 'other' }, { ids: [SET] }), '--azure-availability-set');
  assert.equal(refused({ availabilitySet: 'other' }, { ids: [NETWORK] }), undefined);
});

test('size, image and zone may be another until the virtual machine is there', () => {
  for (const change of [{ size: 'Standard_D2as_v5' }, { image: 'a:b:c:d' }, { availabilityZone: '2' }]) {
    assert.equal(refused(change, { ids: [NIC, NETWORK] }), undefined);
    assert.ok(refused(change, { ids: [NIC], hasHost: true })?.startsWith('--azure-'));
  }
  assert.equal(refused({ allowFrom: ['10.0.0.1'], openPorts: ['80'] }, { ids: [NIC], hasHost: true }), undefined);
});

test('an address is made anew for what goes into it, and for nothing else', () => {
  assert.ok(changesAddress(changesTo({ availabilityZone: '2' })));
  assert.ok(changesAddress(changesTo({ noPublicIp: true })));
  assert.ok(!changesAddress(changesTo({ size: 'Standard_D2as_v5', image: 'a:b:c:d' })));
});

test('a refusal names the value that is there and the command for the one that is wanted', () => {
  assert.throws(
    () => refuseFixed(changesTo({ size: 'Standard_D2as_v5' }), { journal: journal(NIC), hasHost: true }),
    (error: unknown) =>
      error instanceof UsageError &&
      /--azure-size cannot be changed for dev: .*, with Standard_B2s_v2\./.test(error.message) &&
      error.nextSteps.at(-1)?.command === 'azdock create dev --azure-size Standard_D2as_v5',
  );
});
