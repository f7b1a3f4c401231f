import { acceptDelete } from '../arm/accept.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { dropAddress } from '../network/public-address.ts';
import type { World } from '../world.ts';
import { dropGuest } from './boot-guest.ts';
import { machineType, type VirtualMachine } from './virtual-machine.ts';

/** DELETE of a virtual machine. It overrides whatever is being done with it. */
export function deleteMachine(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const machine = world.state.machines.get(arm.resourceIdOf(call, world, machineType));
  if (!machine) return { status: 204 };
  arm.checkPreconditions(call, machine);
  preemptAll(call, world, machine);
  return acceptDelete(call, world, {
    kind: 'machine.delete',
    form: 'compute',
    resource: machine,
    collection: world.state.machines,
    work: () => dropGuest(world, machine),
    async after(problem) {
      if (!problem) await removeDependents(world, machine);
    },
  });
}

function preemptAll(call: ArmCall, world: World, machine: VirtualMachine): void {
  for (const operation of world.operations.running(machine.id)) {
    const isRemoval = operation.method === 'DELETE' && operation.kind === 'machine.delete' && !operation.hangs;
    if (!isRemoval) world.operations.preempt(operation, `${call.method} ${machine.id}`);
  }
}

async function letGo(world: World, id: string, option: 'Delete' | 'Detach' | undefined): Promise<void> {
  const disk = world.state.disks.get(id);
  if (!disk) return;
  delete disk.machine;
  disk.state = 'Succeeded';
  if (option !== 'Delete') return;
  world.state.disks.delete(id);
  await world.guests.deleteDisk(id.toLowerCase());
}

/** What goes with a machine by `deleteOption`, and what is let go: https://learn.microsoft.com/azure/virtual-machines/delete */
export async function removeDependents(world: World, machine: VirtualMachine): Promise<void> {
  const { storageProfile, networkProfile } = machine.properties;
  for (const extension of world.state.extensions.list((one) => arm.sameId(one.machine, machine.id)))
    world.state.extensions.delete(extension.id);
  const { osDisk, dataDisks = [] } = storageProfile;
  // An ephemeral disk cannot outlive its machine.
  const osOption = osDisk.diffDiskSettings ? 'Delete' : osDisk.deleteOption;
  await letGo(world, machine.osDiskId, osOption);
  for (const { lun, disk } of machine.dataDisks ?? [])
    await letGo(world, disk, dataDisks.find((one) => one.lun === lun)?.deleteOption);
  for (const { id, properties } of networkProfile.networkInterfaces) {
    const nic = world.state.interfaces.get(id);
    if (!nic) continue;
    delete nic.machine;
    delete nic.reservation;
    if (properties?.deleteOption !== 'Delete') continue;
    world.state.interfaces.delete(id);
    for (const { properties: configuration } of nic.properties.ipConfigurations) {
      const named = configuration.publicIPAddress;
      const address = world.state.addresses.get(named?.id ?? '');
      const option = named?.properties?.deleteOption ?? address?.properties.deleteOption;
      if (address && option === 'Delete') await dropAddress(world, address);
    }
  }
}
