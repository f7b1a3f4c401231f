import { guestSpec } from '../compute/boot-guest.ts';
import { applyFirewall } from '../network/firewall.ts';
import { stopDeployment } from '../deployments/history.ts';
import type { World } from '../world.ts';

/**
 * Takes up what an earlier process left: operations that were under way have failed, and machines get their guests back.
 */
export async function recover(world: World): Promise<void> {
  for (const group of world.state.groups) group.state = 'Succeeded';
  for (const resource of world.state.resources()) if (resource.state !== 'Succeeded') resource.state = 'Failed';
  await Promise.all(
    world.state.machines.list().map(async (machine) => {
      if (!machine.hasGuest) {
        machine.power = 'unknown';
        return;
      }
      if (machine.power !== 'stopped' && machine.power !== 'deallocated') machine.power = 'running';
      try {
        await world.guests.adopt(guestSpec(world, machine, machine.properties.osProfile), machine.power === 'running');
        await applyFirewall(world, machine);
      } catch (error) {
        world.log(`guest of ${machine.id} is lost: ${error instanceof Error ? error.message : String(error)}`);
        machine.state = 'Failed';
        machine.power = 'unknown';
        machine.hasGuest = false;
      }
    }),
  );
  for (const deployment of world.state.deployments) stopDeployment(deployment);
  await world.state.save();
}
