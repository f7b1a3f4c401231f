import assert from 'node:assert/strict';
import { findMachines } from '../../../src/drivers/azure/attach/find-machines.ts';
import { machineOptions } from '../../../src/drivers/azure/attach/machine-options.ts';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import type { FoundVm } from '../../../src/drivers/azure/existing/read-vm.ts';
import { readVm } from '../../../src/drivers/azure/existing/read-vm.ts';
import { vmOptions } from '../../../src/drivers/azure/existing/vm-options.ts';
import { listTagged } from '../../../src/drivers/azure/remove-own.ts';
import { parseResourceId } from '../../../src/drivers/azure/resource-id.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { makeMachine, network as networkPath } from '../../sandbox/build-machine.ts';
import { openArm } from '../../sandbox/raw-https.ts';
import type { LaneMachine } from '../lane.ts';
import { made, nothing, type Story, signal } from '../story.ts';
import { network, vm, vmId } from '../surroundings/vm.ts';
import { extension } from './lifecycle.ts';
import { openMachine } from './market.ts';

/** The machine that a VM of somebody else's is made to, as its record has it. */
function adopted({ lane, world, options }: LaneMachine, name: string) {
  const { subscriptionId } = lane.sandbox;
  const at = `/subscriptions/${subscriptionId}${networkPath}`;
  const existing = {
    vm: vmId(subscriptionId, name),
    nic: `${at}/networkInterfaces/${name}-nic`,
    publicIp: `${at}/publicIPAddresses/${name}-ip`,
    publicIpV6: undefined,
  };
  const own = { ...options, resourceGroup: 'rg', subscriptionId, existing };
  return createAzureDriver({ name: 'dev', id: 'id-of-dev', options: own, dependencies: world });
}

async function read(machine: LaneMachine, id: string): Promise<FoundVm> {
  const { session, options } = await openMachine(machine);
  const parsed = parseResourceId(id) ?? assert.fail(id);
  const found = await readVm(parsed, { session, name: 'dev', options, signal });
  return found ?? assert.fail(`${id} is taken for gone`);
}

async function adopt(machine: LaneMachine, name: string): Promise<void> {
  const { options } = machine;
  assert.notDeepEqual(
    { ...options, ...vmOptions(await read(machine, vmId(machine.lane.sandbox.subscriptionId, name))) },
    {},
  );
  const driver = adopted(machine, name);
  await driver.adopted?.mark(signal);
  await driver.runScript?.('true', signal);
  await driver.extensions?.put(extension, machine.journal, signal);
}

/** Nobody deletes the VM, so that what is done with it has to end some day. */
async function letGo(machine: LaneMachine): Promise<void> {
  machine.lane.endWhatHangs();
  await adopted(machine, 'web').remove(machine.journal, silentProgress, signal);
}

async function removeWithVm(machine: LaneMachine): Promise<void> {
  const driver = adopted(machine, 'doomed');
  await driver.adopted?.claim(machine.journal, signal);
  await driver.remove(machine.journal, silentProgress, signal);
}

/** Virtual machines that were there before their record. */
export const existingStories: readonly Story[] = [
  {
    name: 'adopt',
    surroundings: [network, vm],
    prepare: nothing,
    act: (machine) => adopt(machine, 'web'),
    remove: letGo,
  },
  {
    name: 'let go',
    like: 'rm',
    surroundings: [network, vm],
    prepare: (machine) => adopt(machine, 'web'),
    act: letGo,
    remove: letGo,
  },
  {
    name: 'rm --with-vm',
    like: 'rm',
    surroundings: [network],
    isAboutOthers: true,
    async prepare(machine) {
      await makeMachine(await openArm(machine.lane.sandbox), 'doomed');
      await adopt(machine, 'doomed');
    },
    act: removeWithVm,
    remove: removeWithVm,
  },
  {
    name: 'attach',
    isLook: true,
    prepare: made,
    async act(machine) {
      const { session, options } = await openMachine(machine);
      const [found] = await findMachines(session, options, signal);
      assert.equal(found?.id, 'id-of-dev');
      const whole = await read(machine, found.vm.id);
      assert.equal(machineOptions(whole, found.id).options.dnsLabel, 'chaos-1');
      const tagged = await listTagged(await openMachine(machine), signal);
      assert.deepEqual(tagged.length, 7, 'nothing of it is overlooked');
      const { driver } = machine;
      assert.equal((await driver.state(signal)).state, 'Running');
      await driver.runScript?.('true', signal);
    },
  },
];
