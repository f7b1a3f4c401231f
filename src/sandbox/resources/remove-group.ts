import { ArmProblem } from '../arm/problem.ts';
import { dropGuest } from '../compute/boot-guest.ts';
import type { Subnet } from '../network/subnet.ts';
import type { ResourceGroup } from '../state/resource.ts';
import type { World } from '../world.ts';

/** Removes all that is in a group. @throws ArmProblem 409 when something outside still uses something inside. */
export async function removeGroup(world: World, group: ResourceGroup): Promise<void> {
  const { state } = world;
  const prefix = `${group.id.toLowerCase()}/`;
  const inside = (id: string | undefined): boolean => id?.toLowerCase().startsWith(prefix) ?? false;
  const user = outsideUser(world, inside);
  if (user !== undefined)
    throw new ArmProblem(
      409,
      'ResourceGroupDeletionBlocked',
      `Deletion of resource group '${group.name}' failed as resources with identifiers in it are used by '${user}'.`,
    );
  await Promise.all(state.machines.list(({ id }) => inside(id)).map((machine) => dropGuest(world, machine)));
  for (const address of state.addresses.list(({ id }) => inside(id)))
    if (address.address !== undefined) await world.guests.releaseAddress(address.address);
  for (const machine of state.machines.list(({ id }) => inside(id))) letGo(world, machine.id);
  for (const { id } of state.disks.list((disk) => inside(disk.id))) await world.guests.deleteDisk(id.toLowerCase());
  state.deleteWhere(inside);
}

function outsideUser(world: World, inside: (id: string | undefined) => boolean): string | undefined {
  const { interfaces, machines, networks } = world.state;
  const nic = interfaces
    .list()
    .find(
      ({ id, properties }) =>
        !inside(id) &&
        [
          properties.networkSecurityGroup?.id,
          ...properties.ipConfigurations.flatMap(({ properties: { subnet, publicIPAddress } }) => [
            subnet?.id,
            publicIPAddress?.id,
          ]),
        ].some(inside),
    );
  const network = networks
    .list()
    .find(({ id, subnets }) => !inside(id) && subnets.some(({ properties }) => named(properties).some(inside)));
  const machine = machines
    .list()
    .find(
      ({ id, properties }) =>
        !inside(id) &&
        [
          properties.availabilitySet?.id,
          properties.proximityPlacementGroup?.id,
          ...properties.networkProfile.networkInterfaces.map((one) => one.id),
        ].some(inside),
    );
  return (nic ?? network ?? machine)?.id;
}

/** Ids of other resources that a subnet names. */
function named({ networkSecurityGroup, routeTable, natGateway }: Subnet['properties']): (string | undefined)[] {
  return [networkSecurityGroup?.id, routeTable?.id, natGateway?.id];
}

/** Interfaces and disks elsewhere that belonged to the machine. */
function letGo(world: World, machine: string): void {
  for (const nic of world.state.interfaces) if (nic.machine === machine) delete nic.machine;
  for (const disk of world.state.disks) if (disk.machine === machine) delete disk.machine;
}
