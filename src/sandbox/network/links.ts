import { sameId } from '../arm/resources.ts';
import type { World } from '../world.ts';
import type { NetworkInterface } from './network-interface.ts';
import { subnetId } from './subnet.ts';

/** Who uses a network security group: ids of interfaces and of subnets. */
export function usersOfSecurityGroup(
  world: World,
  id: string,
): { readonly interfaces: readonly string[]; readonly subnets: readonly string[] } {
  const wanted = id.toLowerCase();
  return {
    interfaces: world.state.interfaces
      .list((nic) => nic.properties.networkSecurityGroup?.id.toLowerCase() === wanted)
      .map((nic) => nic.id),
    subnets: world.state.networks
      .list()
      .flatMap((network) =>
        network.subnets
          .filter((subnet) => subnet.properties.networkSecurityGroup?.id.toLowerCase() === wanted)
          .map((subnet) => subnetId(network, subnet)),
      ),
  };
}

/** Ids of the IP configurations that live in a subnet. */
export function usersOfSubnet(world: World, id: string): readonly string[] {
  const wanted = id.toLowerCase();
  return world.state.interfaces
    .list()
    .flatMap((nic) =>
      nic.properties.ipConfigurations
        .filter((configuration) => configuration.properties.subnet?.id.toLowerCase() === wanted)
        .map((configuration) => ipConfigurationId(nic, configuration.name)),
    );
}

/** The interface and IP configuration that a public address belongs to. */
export function userOfAddress(
  world: World,
  id: string,
): { readonly nic: NetworkInterface; readonly configurationId: string } | undefined {
  for (const nic of world.state.interfaces) {
    const found = nic.properties.ipConfigurations.find((configuration) =>
      sameId(configuration.properties.publicIPAddress?.id, id),
    );
    if (found) return { nic, configurationId: ipConfigurationId(nic, found.name) };
  }
  return undefined;
}

export function ipConfigurationId(nic: { readonly id: string }, name: string): string {
  return `${nic.id}/ipConfigurations/${name}`;
}
