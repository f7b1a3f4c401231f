import { guestAddresses } from '../network/guest-addresses.ts';
import { primaryInterface } from '../network/machine-interface.ts';
import type { World } from '../world.ts';

/** Body of `GET /_sandbox/status`. */
export function status(world: World): unknown {
  const counts = new Map<string, number>([['Microsoft.Resources/resourceGroups', world.state.groups.size]]);
  for (const { type } of world.state.resources()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return {
    guests: world.guests.kind,
    guestsNote: world.guests.note ?? null,
    sshPort: world.guests.sshPort,
    hostAddresses: world.guests.hostAddresses,
    latency: world.settings.latency,
    throttling: world.settings.throttling,
    dockerExtension: world.settings.dockerExtension,
    resources: Object.fromEntries(counts),
    runningOperations: world.operations.list().filter((operation) => operation.status === 'InProgress').length,
    machines: world.state.machines.list().map((machine) => {
      const nic = primaryInterface(world, machine);
      const addresses = nic && guestAddresses(world, nic);
      return {
        id: machine.id,
        name: machine.name,
        state: machine.power,
        hasGuest: machine.hasGuest,
        publicAddress: addresses?.publicAddress ?? null,
        privateAddress: addresses?.privateAddress ?? null,
        publicIpv6Address: addresses?.publicIpv6Address ?? null,
        privateIpv6Address: addresses?.privateIpv6Address ?? null,
      };
    }),
  };
}
