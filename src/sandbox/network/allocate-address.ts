import type { World } from '../world.ts';

/**
 * A public address that no resource has. After a restart the guest host knows the addresses of its guests only; those of
 * resources without a guest it may give again, and they are passed over here.
 */
export async function allocateAddress(world: World, version: 'IPv4' | 'IPv6'): Promise<string> {
  for (;;) {
    const address = await world.guests.allocateAddress(version);
    if (!world.state.addresses.list().some((other) => other.address === address)) return address;
  }
}
