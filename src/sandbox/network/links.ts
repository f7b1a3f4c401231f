import { sameId } from '../arm/resources.ts';
import type { World } from '../world.ts';
import type { NetworkInterface } from './network-interface.ts';
import { subnetId } from './subnet.ts';

/** Ids of the subnets that name a resource. */
export function subnetsWith(
  world: World,
  member: 'networkSecurityGroup' | 'routeTable' | 'natGateway',
  id: string,
): readonly string[] {
  return world.state.networks
    .list()
    .flatMap((network) =>
      network.subnets
        .filter((subnet) => sameId(subnet.properties[member]?.id, id))
        .map((subnet) => subnetId(network, subnet)),
    );
}

/** Who uses a network security group: ids of interfaces and of subnets. */
export function usersOfSecurityGroup(
  world: World,
  id: string,
): { readonly interfaces: readonly string[]; readonly subnets: readonly string[] } {
  return {
    interfaces: world.state.interfaces
      .list((nic) => sameId(nic.properties.networkSecurityGroup?.id, id))
      .map((nic) => nic.id),
    subnets: subnetsWith(world, 'networkSecurityGroup', id),
  };
}

/** Ids of the IP configurations that live in a subnet. */
export function usersOfSubnet(world: World, id: string): readonly string[] {
  return world.state.interfaces
    .list()
    .flatMap((nic) =>
      nic.properties.ipConfigurations
        .filter((configuration) => sameId(configuration.properties.subnet?.id, id))
        .map((configuration) => ipConfigurationId(nic, configuration.name)),
    );
}

/** Who has a public address: an IP configuration, with its interface, or a NAT gateway. */
export function userOfAddress(
  world: World,
  id: string,
): { readonly nic?: NetworkInterface; readonly configurationId: string } | undefined {
  for (const nic of world.state.interfaces) {
    const found = nic.properties.ipConfigurations.find((configuration) =>
      sameId(configuration.properties.publicIPAddress?.id, id),
    );
    if (found) return { nic, configurationId: ipConfigurationId(nic, found.name) };
  }
  const gateway = world.state.natGateways
    .list()
    .find(({ properties }) => properties.publicIpAddresses?.some((address) => sameId(address.id, id)));
  return gateway && { configurationId: gateway.id };
}

export function ipConfigurationId(nic: { readonly id: string }, name: string): string {
  return `${nic.id}/ipConfigurations/${name}`;
}
