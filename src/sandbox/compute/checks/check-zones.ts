import { ArmProblem } from '../../arm/problem.ts';
import type { NetworkInterface } from '../../network/network-interface.ts';
import type { World } from '../../world.ts';
import { invalid } from '../problems.ts';
import type { PlacedMachine } from './placed-machine.ts';

/** A machine is in one zone, or in none. Which there are, and have its size, `require-size.ts` knows. @throws ArmProblem 400 */
export function checkZones(machine: PlacedMachine): void {
  const { zones = [] } = machine;
  if (zones.length > 1)
    throw new ArmProblem(
      400,
      'ResourceCannotHaveMultipleZonesSpecified',
      `Resource '${machine.id}' has ${zones.length} zones specified. Only one zone can be specified for this resource.`,
    );
}

/** A public address that is only in other zones, or in none, does not fit a machine that has a zone. @throws ArmProblem */
export function checkZonesOfAddresses(world: World, machine: PlacedMachine, nics: readonly NetworkInterface[]): void {
  const [zone] = machine.zones ?? [];
  if (zone === undefined) return;
  for (const nic of nics)
    for (const { properties } of nic.properties.ipConfigurations) {
      const address = world.state.addresses.get(properties.publicIPAddress?.id ?? '');
      // Without zones a Standard address is spread over all of them: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#availability-zone
      if (!address?.zones || address.zones.length === 0 || address.zones.includes(zone)) continue;
      throw new ArmProblem(
        400,
        'ComputeResourceZoneConstraintDoesNotMatchPublicIPAddressZoneConstraint',
        `Compute resource ${machine.id} has a zone constraint ${zone} but the PublicIPAddress ${address.id} used by the compute resource via NetworkInterface or LoadBalancer has a different zone constraint ${address.zones.join(', ')}.`,
      );
    }
}

/** @throws ArmProblem when a disk that is there already is in another zone than the machine */
export function checkZoneOfDisk(
  machine: PlacedMachine,
  disk: { readonly id: string; readonly zones?: readonly string[] | undefined },
): void {
  const [zone] = machine.zones ?? [];
  const [has] = disk.zones ?? [];
  if (zone === has) return;
  if (zone !== undefined)
    throw new ArmProblem(
      400,
      'BadRequest',
      `Disk ${disk.id} cannot be attached to the VM because it is not in zone '${zone}'.`,
    );
  throw invalid(
    'dataDisk',
    `Disk ${disk.id} cannot be attached to the VM because the VM is not in a zone and the disk is.`,
  );
}
