import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { versionOf } from './check-address.ts';
import type { InterfaceProperties } from './interface-shape.ts';
import { versionOfConfiguration } from './ip-configurations.ts';
import { ipConfigurationId, userOfAddress } from './links.ts';
import { addressTaken, invalidReference, notProvisioned } from './problems.ts';
import { type Subnet, subnetId } from './subnet.ts';
import { delegatedTo } from './subnet-changes.ts';
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

/** @throws ArmProblem when a resource that the interface names is missing, elsewhere, not ready, taken or unfit. */
export function checkReferences(world: World, nic: Resource, properties: InterfaceProperties): void {
  const guard = properties.networkSecurityGroup;
  if (guard) requireReady(nic, guard.id, world.state.securityGroups.get(guard.id));
  for (const configuration of properties.ipConfigurations) {
    const id = ipConfigurationId(nic, configuration.name);
    const { subnet, publicIPAddress } = configuration.properties;
    if (!subnet)
      throw new ArmProblem(400, 'SubnetIsRequired', `Subnet reference is required for ipconfiguration ${id}.`);
    const found = findSubnetById(world, subnet.id);
    requireReady(nic, subnet.id, found?.network);
    if (found) refuseDelegated(found, id);
    if (!publicIPAddress) continue;
    const user = { nic, id, version: versionOfConfiguration(configuration) };
    checkPublicAddress(world, publicIPAddress.id, user);
    const twin = properties.ipConfigurations.find(
      (other) => other !== configuration && sameId(other.properties.publicIPAddress?.id, publicIPAddress.id),
    );
    if (twin) throw addressTaken(publicIPAddress.id, ipConfigurationId(nic, twin.name));
  }
}

/** Delegated subnets hold what their service puts there. Code: Azure's answer as MicrosoftDocs gives it. */
function refuseDelegated({ network, subnet }: FoundSubnet, user: string): void {
  const [service] = delegatedTo(subnet);
  if (service !== undefined)
    throw new ArmProblem(
      400,
      'SubnetIsDelegatedAndCannotBeUsed',
      `Subnet ${subnetId(network, subnet)} is delegated to ${service} and cannot be used by ${user}.`,
    );
}

function checkPublicAddress(
  world: World,
  id: string,
  user: { readonly nic: Resource; readonly id: string; readonly version: 'IPv4' | 'IPv6' },
): void {
  const address = world.state.addresses.get(id);
  requireReady(user.nic, id, address);
  const taken = userOfAddress(world, id);
  if (taken && !sameId(taken.nic?.id, user.nic.id)) throw addressTaken(id, taken.configurationId);
  // Code and words: ansible-collections/azure#582.
  if (address && versionOf(address.properties) !== user.version)
    throw new ArmProblem(
      400,
      'IPVersionForPublicIpAndNicIpConfigurationMustMatch',
      `IP version for publicIPAddress '${id}', version '${versionOf(address.properties)}' and network interface ipConfiguration '${user.id}', version '${user.version}' must match.`,
    );
}

function requireReady(nic: Resource, id: string, found: Resource | undefined): void {
  if (!found || found.location !== nic.location) throw invalidReference(id, nic.id);
  if (found.state !== 'Succeeded') throw notProvisioned(id, found.state);
}
