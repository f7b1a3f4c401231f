import { dropGuest } from '../compute/boot-guest.ts';
import type { World } from '../world.ts';

/** Removes every resource, guest and fault, and empties the journal. */
export async function resetWorld(world: World): Promise<void> {
  world.faults.disarm();
  for (const operation of world.operations.list()) world.operations.preempt(operation, 'reset');
  await Promise.all(world.state.machines.list().map((machine) => dropGuest(world, machine)));
  for (const { id } of world.state.disks) await world.guests.deleteDisk(id.toLowerCase());
  for (const { address } of world.state.addresses)
    if (address !== undefined) await world.guests.releaseAddress(address);
  world.state.clear();
  world.operations.clear();
  world.journal.empty();
  await world.state.save();
}
