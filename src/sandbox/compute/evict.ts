import { ArmProblem } from '../arm/problem.ts';
import * as arm from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import type { World } from '../world.ts';
import { dropGuest } from './boot-guest.ts';
import { isSpot } from './checks/check-spot.ts';
import { removeDependents } from './delete-machine.ts';
import { conflict, operationNotAllowed } from './problems.ts';
import { machineType, type VirtualMachine } from './virtual-machine.ts';

export type EvictionPolicy = 'Deallocate' | 'Delete';

/** What Azure does with a machine that it takes away; without a word of its owner it is deallocated. */
export function policyOf({ properties }: VirtualMachine): EvictionPolicy {
  return properties.evictionPolicy ?? 'Deallocate';
}

/**
 * Takes a Spot machine away, as Azure does when it needs the room: https://learn.microsoft.com/azure/virtual-machines/spot-vms#eviction-policy
 *
 * @throws ArmProblem 404 without such a machine, 409 when it is no Spot machine or something is being done with it
 */
export async function evictMachine(world: World, id: string): Promise<EvictionPolicy> {
  const machine = world.state.machines.get(id);
  if (!machine) throw new ArmProblem(404, 'NotFound', `There is no virtual machine ${id}.`);
  if (!isSpot(machine.properties))
    throw operationNotAllowed(`The VM '${machine.name}' is not an Azure Spot Virtual Machine: it cannot be evicted.`);
  if (world.operations.running(machine.id).length > 0) throw conflict();
  const policy = policyOf(machine);
  if (policy === 'Delete') {
    machine.state = 'Deleting';
    await dropGuest(world, machine);
    world.state.machines.delete(machine.id);
    await removeDependents(world, machine);
  } else {
    if (machine.hasGuest) await world.guests.powerOff(machine.id.toLowerCase());
    machine.power = 'deallocated';
  }
  await world.state.save();
  return policy;
}

/** Azure evicts within half an hour of this request; the sandbox at once. */
export const evictionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${machineType}/{name}/simulateEviction`,
    family: 'compute',
    async answer(call, world) {
      const machine = arm.requireResource(call, world, world.state.machines, machineType);
      await evictMachine(world, machine.id);
      return { status: 204 };
    },
  },
];
