import { checkAcceleratedNetworking } from '../network/accelerated-networking.ts';
import type { NetworkInterface } from '../network/network-interface.ts';
import type { World } from '../world.ts';
import { checkDataDisks } from './checks/check-data-disks.ts';
import { checkDiagnostics } from './checks/check-diagnostics.ts';
import { checkInterfaces } from './checks/check-interfaces.ts';
import { checkOsDisk } from './checks/check-os-disk.ts';
import { checkOsProfile } from './checks/check-os-profile.ts';
import { checkPlacement } from './checks/check-placement.ts';
import { checkPlan } from './checks/check-plan.ts';
import { checkSecurity } from './checks/check-security.ts';
import { checkSpot } from './checks/check-spot.ts';
import { checkZones, checkZonesOfAddresses } from './checks/check-zones.ts';
import type { PlacedMachine } from './checks/placed-machine.ts';
import { findImageSource } from './image-source/find-image-source.ts';
import type { ImageSource } from './image-source/image-source.ts';
import type { MachineProperties, Plan } from './machine-shape.ts';
import { checkQuota } from './quota.ts';
import { requireSize } from './require-size.ts';
import type { Size } from './sizes.ts';

export interface Checked {
  readonly size: Size;
  readonly source: ImageSource;
  readonly nics: readonly NetworkInterface[];
}

/** Checks a machine that is to be created, in the order in which Azure complains. @throws ArmProblem */
export function checkMachine(
  world: World,
  machine: PlacedMachine,
  { properties, plan }: { readonly properties: MachineProperties; readonly plan: Plan | undefined },
): Checked {
  checkOsProfile(properties);
  checkDiagnostics(properties);
  checkZones(machine);
  const size = requireSize(properties.hardwareProfile.vmSize, machine);
  const source = findImageSource(world, properties.storageProfile.imageReference, machine.location);
  checkPlan(world, machine, plan, source);
  checkSecurity(world, properties, { size, source });
  checkSpot(machine, properties, size);
  checkPlacement(world, machine, properties);
  checkOsDisk(properties, size, source);
  checkDataDisks(world, machine, { properties, size });
  const nics = checkInterfaces(world, machine, properties);
  checkZonesOfAddresses(world, machine, nics);
  checkAcceleratedNetworking(machine, size, nics);
  checkQuota(world, machine, { size, priority: properties.priority });
  return { size, source, nics };
}
