import { sameId } from '../arm/resources.ts';
import type { VirtualMachine } from '../compute/virtual-machine.ts';
import type { World } from '../world.ts';
import type { NetworkInterface } from './network-interface.ts';

/** Of a machine's interfaces the one that counts: the one that says so, or the first. */
export function primaryInterface(
  world: World,
  machine: Pick<VirtualMachine, 'properties'>,
): NetworkInterface | undefined {
  const { networkInterfaces } = machine.properties.networkProfile;
  const primary = networkInterfaces.find(({ properties }) => properties?.primary) ?? networkInterfaces[0];
  return world.state.interfaces.get(primary?.id ?? '');
}

/** All interfaces of a machine. */
export function interfacesOf(world: World, machine: Pick<VirtualMachine, 'id'>): NetworkInterface[] {
  return world.state.interfaces.list((nic) => sameId(nic.machine, machine.id));
}
