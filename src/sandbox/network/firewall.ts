import { sameId } from '../arm/resources.ts';
import type { VirtualMachine } from '../compute/virtual-machine.ts';
import type { FirewallRule } from '../guests/guest-host.ts';
import type { World } from '../world.ts';
import { parseRange } from './cidr.ts';
import type { Surroundings } from './effective-sources.ts';
import { allowNetwork, flattenRules } from './flatten-rules.ts';
import { findSubnetById } from './interface-references.ts';
import { networkIdOf } from './internal-name.ts';
import { intersectRules } from './intersect-rules.ts';
import { primaryInterface } from './machine-interface.ts';
import type { NetworkInterface } from './network-interface.ts';

/** What has changed, by id. */
export interface Changed {
  readonly securityGroup?: string;
  readonly network?: string;
  readonly nic?: string;
}

/** The rules between the outside and a machine: those of the interface's group and of the subnet's. */
export function effectiveRules(world: World, nic: NetworkInterface): FirewallRule[] {
  const around = surroundingsOf(world, nic);
  const groups = [subnetGroupOf(world, nic), nic.properties.networkSecurityGroup?.id]
    .map((id) => world.state.securityGroups.get(id ?? ''))
    .filter((group) => group !== undefined)
    .map((group) => flattenRules(group.rules, around));
  const [first, second] = groups;
  if (!first) return withoutGroup(nic, around);
  return second ? intersectRules(first, second) : first;
}

/**
 * Without any group there is no filter, but a Standard public address is closed:
 * https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#at-a-glance
 */
function withoutGroup(nic: NetworkInterface, around: Surroundings): FirewallRule[] {
  const hasPublicAddress = nic.properties.ipConfigurations.some(({ properties }) => properties.publicIPAddress);
  if (hasPublicAddress) return allowNetwork(around);
  return [{ access: 'Allow', protocol: '*', source: '*', fromPort: 0, toPort: 65_535, priority: 65_000 }];
}

function surroundingsOf(world: World, nic: NetworkInterface): Surroundings {
  const network = world.state.networks.get(networkIdOf(nic.properties));
  return {
    privateAddresses: nic.privateAddresses,
    network: (network?.addressPrefixes ?? []).flatMap((prefix) => parseRange(prefix) ?? []),
  };
}

function subnetGroupOf(world: World, nic: NetworkInterface): string | undefined {
  const id = nic.properties.ipConfigurations[0]?.properties.subnet?.id ?? '';
  return findSubnetById(world, id)?.subnet.properties.networkSecurityGroup?.id;
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
  const nic = primaryInterface(world, machine);
  if (nic && machine.hasGuest) await world.guests.setFirewall(machine.id.toLowerCase(), effectiveRules(world, nic));
}

/** A guest that is being removed has no rules to change. */
function ignoreIfGone(machine: VirtualMachine, error: unknown): void {
  if (machine.state !== 'Deleting' && machine.hasGuest) throw error;
}

function isTouched(world: World, nic: NetworkInterface, { nic: id, network, securityGroup }: Changed): boolean {
  if (id !== undefined && sameId(nic.id, id)) return true;
  if (network !== undefined && sameId(networkIdOf(nic.properties), network)) return true;
  return (
    securityGroup !== undefined &&
    (sameId(nic.properties.networkSecurityGroup?.id, securityGroup) || sameId(subnetGroupOf(world, nic), securityGroup))
  );
}
