import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { contains, parseRange } from './cidr.ts';
import { usersOfSubnet } from './links.ts';
import { inUse, invalidReference } from './problems.ts';
import { prefixesOf, type Subnet, subnetId } from './subnet.ts';

type Network = Pick<Resource, 'id' | 'location'>;

/** @throws ArmProblem 400 when an interface lives in the subnet. */
export function refuseIfUsed(world: World, id: string): void {
  const [user] = usersOfSubnet(world, id);
  if (user !== undefined) throw inUse('Subnet', id, user);
}

/** @throws ArmProblem 400 when a subnet names what is not there, or in another region. */
export function checkSubnetReferences(world: World, network: Network, subnet: Subnet): void {
  const { networkSecurityGroup, routeTable, natGateway } = subnet.properties;
  const { securityGroups, routeTables, natGateways } = world.state;
  const references = [
    [networkSecurityGroup, securityGroups],
    [routeTable, routeTables],
    [natGateway, natGateways],
  ] as const;
  for (const [named, collection] of references) {
    if (named && collection.get(named.id)?.location !== network.location)
      throw invalidReference(named.id, subnetId(network, subnet));
  }
}

/** @throws ArmProblem 400 when a subnet that is in use would lose what its users need. */
export function checkSubnetChange(world: World, network: Network, before: Subnet, after: Subnet): void {
  const id = subnetId(network, before);
  const [user] = usersOfSubnet(world, id);
  if (user === undefined) return;
  // Code and words: MicrosoftDocs/azure-docs#39112.
  const [was, is] = [before, after].map((one) => delegatedTo(one).join(', '));
  if (was !== is)
    throw new ArmProblem(
      400,
      'SubnetDelegationsCannotChangeWhenSubnetUsedByResource',
      `Delegations of subnet ${id} cannot be changed from [${was}] to [${is}] because it is being used by the resource ${user}.`,
    );
  const ranges = prefixesOf(after).flatMap((prefix) => parseRange(prefix) ?? []);
  const lost = addressesIn(world, id).find((address) => {
    const single = parseRange(address);
    return single && !ranges.some((range) => contains(range, single));
  });
  if (lost !== undefined)
    throw new ArmProblem(
      400,
      'InUsePrefixCannotBeDeleted',
      `IpPrefix ${prefixesOf(before).join(', ')} on Subnet ${before.name} has active allocations and cannot be deleted.`,
    );
}

/** Names of the services that a subnet is delegated to. */
export function delegatedTo({ properties }: Subnet): string[] {
  return (properties.delegations ?? []).map((one) => one.properties.serviceName).sort();
}

/** Private addresses that interfaces have of a subnet. */
export function addressesIn(world: World, subnet: string, except?: string): string[] {
  return world.state.interfaces
    .list((nic) => !sameId(nic.id, except))
    .flatMap((nic) =>
      nic.privateAddresses.filter((_, index) =>
        sameId(nic.properties.ipConfigurations[index]?.properties.subnet?.id, subnet),
      ),
    );
}
