import { type NetworkInterface, refuseIfTaken } from '../../network/network-interface.ts';
import { invalidReference, notProvisioned } from '../../network/problems.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { invalid } from '../problems.ts';

/** The machine's interfaces, which must be there and free. @throws ArmProblem */
export function checkInterfaces(
  world: World,
  machine: Resource,
  { networkProfile }: MachineProperties,
): NetworkInterface[] {
  if (networkProfile.networkInterfaces.length === 0)
    throw invalid('networkProfile', 'Virtual Machine must have at least one network interface.');
  return networkProfile.networkInterfaces.map(({ id }) => {
    const nic = world.state.interfaces.get(id);
    if (!nic || nic.location !== machine.location) throw invalidReference(id, machine.id);
    refuseIfTaken(world, nic, machine.id);
    if (nic.state !== 'Succeeded') throw notProvisioned(id, nic.state);
    return nic;
  });
}
