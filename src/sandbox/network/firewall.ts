import { sameId } from '../arm/resources.ts';
import type { VirtualMachine } from '../compute/virtual-machine.ts';
import type { FirewallRule } from '../guests/guest-host.ts';
import type { World } from '../world.ts';
import { flattenRules, intersectRules } from './flatten-rules.ts';
import { findSubnetById } from './interface-references.ts';
import type { NetworkInterface } from './network-interface.ts';

/** What has changed, by id. */
export interface Changed {
  readonly securityGroup?: string;
  readonly network?: string;
  readonly nic?: string;
}

/** The rules between the outside and a machine: those of the interface's group and of the subnet's. */
export function effectiveRules(world: World, nic: NetworkInterface): FirewallRule[] {
  const privateAddress = nic.privateAddresses[0] ?? '';
  const subnet = findSubnetById(world, nic.properties.ipConfigurations[0]?.properties.subnet?.id ?? '');
  const groups = [subnet?.subnet.properties.networkSecurityGroup?.id, nic.properties.networkSecurityGroup?.id]
    .filter((id) => id !== undefined)
    .map((id) => world.state.securityGroups.get(id))
    .filter((group) => group !== undefined)
    .map((group) => flattenRules(group.rules, privateAddress));
  const [first, second] = groups;
  // A Standard public address without any group is closed: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses
  if (!first) return [];
  return second ? intersectRules(first, second) : first;
}

/** Gives each running guest that the change touches its rules anew. */
export async function refreshFirewalls(world: World, changed: Changed): Promise<void> {
  const touched = world.state.interfaces.list((nic) => nic.machine !== undefined && isTouched(world, nic, changed));
  await Promise.all(
    touched.map(async (nic) => {
      const machine = world.state.machines.get(nic.machine ?? '');
      if (machine) await applyFirewall(world, machine).catch((error: unknown) => ignoreIfGone(machine, error));
    }),
  );
}

/** Puts the machine's rules into its guest, if it has one. */
export async function applyFirewall(world: World, machine: VirtualMachine): Promise<void> {
  const nic = world.state.interfaces.get(machine.properties.networkProfile.networkInterfaces[0]?.id ?? '');
  if (nic && machine.hasGuest) await world.guests.setFirewall(machine.id.toLowerCase(), effectiveRules(world, nic));
}

/** A guest that is being removed has no rules to change. */
function ignoreIfGone(machine: VirtualMachine, error: unknown): void {
  if (machine.state !== 'Deleting' && machine.hasGuest) throw error;
}

function isTouched(world: World, nic: NetworkInterface, changed: Changed): boolean {
  if (changed.nic !== undefined && sameId(nic.id, changed.nic)) return true;
  const subnet = nic.properties.ipConfigurations[0]?.properties.subnet?.id ?? '';
  if (changed.network !== undefined && subnet.toLowerCase().startsWith(`${changed.network.toLowerCase()}/`))
    return true;
  if (changed.securityGroup === undefined) return false;
  return (
    sameId(nic.properties.networkSecurityGroup?.id, changed.securityGroup) ||
    sameId(findSubnetById(world, subnet)?.subnet.properties.networkSecurityGroup?.id, changed.securityGroup)
  );
}
