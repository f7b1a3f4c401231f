import { primaryConfiguration } from '../network/network-interface.ts';
import type { World } from '../world.ts';

/** Body of `GET /_sandbox/status`. */
export function status(world: World): unknown {
  const counts = new Map<string, number>([['Microsoft.Resources/resourceGroups', world.state.groups.size]]);
  for (const { type } of world.state.resources()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return {
    guests: world.guests.kind,
    guestsNote: world.guests.note ?? null,
    sshPort: world.guests.sshPort,
    latency: world.settings.latency,
    throttling: world.settings.throttling,
    dockerExtension: world.settings.dockerExtension,
    resources: Object.fromEntries(counts),
    runningOperations: world.operations.list().filter((operation) => operation.status === 'InProgress').length,
    machines: world.state.machines.list().map((machine) => {
      const nic = world.state.interfaces.get(machine.properties.networkProfile.networkInterfaces[0]?.id ?? '');
      const addressId = nic && primaryConfiguration(nic).properties.publicIPAddress?.id;
      return {
        id: machine.id,
        name: machine.name,
        state: machine.power,
        hasGuest: machine.hasGuest,
        publicAddress: world.state.addresses.get(addressId ?? '')?.address ?? null,
        privateAddress: nic?.privateAddresses[0] ?? null,
      };
    }),
  };
}
