import type { GuestSpec } from '../guests/guest-host.ts';
import { applyFirewall } from '../network/firewall.ts';
import { guestAddresses } from '../network/guest-addresses.ts';
import { primaryInterface } from '../network/machine-interface.ts';
import type { World } from '../world.ts';
import { usualRelease } from './image-source/image-source.ts';
import type { MachineProperties } from './machine-shape.ts';
import { provisioningFailed } from './problems.ts';
import type { VirtualMachine } from './virtual-machine.ts';

export interface Boot {
  readonly machine: VirtualMachine;
  /** The osProfile with its secrets, which no resource keeps. */
  readonly secrets: MachineProperties['osProfile'];
  readonly signal: AbortSignal;
}

/** Starts the guest that plays the machine. @throws ArmProblem `OSProvisioningClientError` when it does not come up. */
export async function bootGuest(world: World, { machine, secrets, signal }: Boot): Promise<void> {
  if (signal.aborted) return;
  try {
    await world.guests.create(guestSpec(world, machine, secrets));
  } catch (error) {
    throw provisioningFailed(machine.name, error instanceof Error ? error.message : String(error));
  }
  if (signal.aborted) return;
  machine.hasGuest = true;
  machine.power = 'running';
  await applyFirewall(world, machine);
}

/** Ends the guest, if there is one, and whatever is being done with it. */
export async function dropGuest(world: World, machine: VirtualMachine): Promise<void> {
  await world.guests.remove(machine.id.toLowerCase());
  machine.hasGuest = false;
}

/** What the guest host must know of a machine. After a restart `secrets` is the stored osProfile, without any. */
export function guestSpec(world: World, machine: VirtualMachine, secrets: MachineProperties['osProfile']): GuestSpec {
  const nic = primaryInterface(world, machine);
  if (!nic) throw new Error(`Machine ${machine.id} has lost its network interface`);
  const adminUsername = secrets?.adminUsername ?? '';
  const password = secrets?.linuxConfiguration?.disablePasswordAuthentication ? undefined : secrets?.adminPassword;
  return {
    id: machine.id.toLowerCase(),
    computerName: secrets?.computerName ?? machine.name,
    adminUsername,
    ...(password === undefined ? {} : { adminPassword: password }),
    publicKeys: (secrets?.linuxConfiguration?.ssh?.publicKeys ?? []).map(({ path, keyData }) => ({
      path: path ?? `/home/${adminUsername}/.ssh/authorized_keys`,
      keyData,
    })),
    ...(secrets?.customData === undefined ? {} : { customData: Buffer.from(secrets.customData, 'base64') }),
    ...guestAddresses(world, nic),
    image: machine.release ?? usualRelease,
    dataDisks: dataDisksOf(world, machine),
  };
}

function dataDisksOf(world: World, machine: VirtualMachine): NonNullable<GuestSpec['dataDisks']> {
  return (machine.dataDisks ?? []).flatMap(({ lun, disk }) => {
    const found = world.state.disks.get(disk);
    return found ? [{ id: found.id.toLowerCase(), lun, sizeGiB: found.sizeGiB }] : [];
  });
}
