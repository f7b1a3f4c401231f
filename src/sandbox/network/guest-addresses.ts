import type { GuestSpec } from '../guests/guest-host.ts';
import type { World } from '../world.ts';
import { versionOfConfiguration } from './ip-configurations.ts';
import type { NetworkInterface } from './network-interface.ts';
import { primaryConfiguration } from './network-interface.ts';

/** The addresses of an interface, as the guest host wants to know them. */
export function guestAddresses(
  world: World,
  nic: NetworkInterface,
): Pick<GuestSpec, 'publicAddress' | 'privateAddress' | 'publicIpv6Address' | 'privateIpv6Address'> {
  const { ipConfigurations } = nic.properties;
  const primary = primaryConfiguration(nic);
  const second = ipConfigurations.find((one) => versionOfConfiguration(one) === 'IPv6');
  const publicOf = (one: typeof primary | undefined): string | undefined =>
    world.state.addresses.get(one?.properties.publicIPAddress?.id ?? '')?.address;
  const privateOf = (one: typeof primary): string | undefined => nic.privateAddresses[ipConfigurations.indexOf(one)];
  const [publicAddress, publicIpv6Address] = [publicOf(primary), publicOf(second)];
  const privateIpv6Address = second && privateOf(second);
  return {
    privateAddress: privateOf(primary) ?? '',
    ...(publicAddress === undefined ? {} : { publicAddress }),
    ...(publicIpv6Address === undefined ? {} : { publicIpv6Address }),
    ...(privateIpv6Address === undefined ? {} : { privateIpv6Address }),
  };
}
