import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { userOfAddress } from './links.ts';
import type { NetworkInterface } from './network-interface.ts';
import { addressTaken, invalidReference, notProvisioned } from './problems.ts';
import { type Subnet, subnetId } from './subnet.ts';
import type { VirtualNetwork } from './virtual-network.ts';

export interface FoundSubnet {
  readonly network: VirtualNetwork;
  readonly subnet: Subnet;
}

/** The subnet with that id, if its network has it. */
export function findSubnetById(world: World, id: string): FoundSubnet | undefined {
  const network = world.state.networks.get(id.replace(/\/subnets\/[^/]*$/i, ''));
  const subnet = network?.subnets.find((one) => sameId(subnetId(network, one), id));
  return network && subnet ? { network, subnet } : undefined;
}

/** @throws ArmProblem when a resource that the interface names is missing, elsewhere, not ready or taken. */
export function checkReferences(world: World, nic: Resource, properties: NetworkInterface['properties']): void {
  const guard = properties.networkSecurityGroup;
  if (guard) requireReady(nic, guard.id, world.state.securityGroups.get(guard.id));
  if (properties.ipConfigurations.length === 0)
    throw new ArmProblem(400, 'NetworkInterfaceMustHaveOneIpConfiguration', `${nic.id} has no IP configuration.`);
  for (const { properties: configuration } of properties.ipConfigurations) {
    const subnet = configuration.subnet?.id;
    if (subnet === undefined)
      throw new ArmProblem(400, 'SubnetNotSpecified', `An IP configuration of ${nic.id} names no subnet.`);
    requireReady(nic, subnet, findSubnetById(world, subnet)?.network);
    const address = configuration.publicIPAddress?.id;
    if (address === undefined) continue;
    requireReady(nic, address, world.state.addresses.get(address));
    const user = userOfAddress(world, address);
    if (user && !sameId(user.nic.id, nic.id)) throw addressTaken(address, user.configurationId);
  }
}

function requireReady(nic: Resource, id: string, found: Resource | undefined): void {
  if (!found || found.location !== nic.location) throw invalidReference(id, nic.id);
  if (found.state !== 'Succeeded') throw notProvisioned(id, found.state);
}
