import { refuseIfTaken, type NetworkInterface } from '../network/network-interface.ts';
import { invalidReference, notProvisioned } from '../network/problems.ts';
import { notImplemented } from '../arm/problems.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { findImages, findVersion, type Image } from './images.ts';
import type { MachineProperties } from './machine-shape.ts';
import * as problems from './problems.ts';
import { checkQuota } from './quota.ts';
import { requireSize } from './require-size.ts';
import type { Size } from './sizes.ts';

export interface Checked {
  readonly size: Size;
  readonly image: Image;
  readonly version: string;
  readonly nics: readonly NetworkInterface[];
}

/** Checks a machine that is to be created, in the order in which Azure complains. @throws ArmProblem */
export function checkMachine(
  world: World,
  machine: Resource & { readonly zones?: readonly string[] | undefined },
  properties: MachineProperties,
): Checked {
  checkOsProfile(properties);
  const size = requireSize(properties.hardwareProfile.vmSize, machine);
  const { image, version } = checkImage(properties, machine.location);
  checkSecurity(properties, size, image);
  checkPlacement(world, machine, properties);
  const nics = checkInterfaces(world, machine, properties);
  checkQuota(world, machine, { size, priority: properties.priority });
  return { size, image, version, nics };
}

function checkOsProfile({ osProfile, storageProfile }: MachineProperties): void {
  if (storageProfile.osDisk.createOption !== 'FromImage')
    throw notImplemented('OS disks that are not made from an image');
  if (!osProfile) throw problems.invalid('osProfile', "Required parameter 'osProfile' is missing (null).");
  const { adminUsername, adminPassword, computerName, customData, linuxConfiguration } = osProfile;
  if (!adminUsername)
    throw problems.invalid(
      'osProfile.adminUsername',
      "Required parameter 'osProfile.adminUsername' is missing (null).",
    );
  // Names that Azure refuses: https://learn.microsoft.com/azure/virtual-machines/linux/faq#what-are-the-username-requirements-when-creating-a-vm-
  if (
    ['root', 'admin', 'administrator', 'guest', 'user', 'test', 'sys', 'a', '1', '123'].includes(
      adminUsername.toLowerCase(),
    )
  )
    throw problems.invalid('adminUsername', 'The Admin Username specified is not allowed.');
  if (!computerName || !/^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/i.test(computerName))
    throw problems.invalid(
      'computerName',
      `Linux host name cannot exceed 64 characters in length or contain the following characters: ' ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : ' " , < > / ?.`,
    );
  const keys = linuxConfiguration?.ssh?.publicKeys ?? [];
  if (!adminPassword && keys.length === 0)
    throw problems.invalid(
      'linuxConfiguration.ssh.publicKeys',
      'Authentication using SSH is enabled and no public keys were given, nor a password.',
    );
  const expected = `/home/${adminUsername}/.ssh/authorized_keys`;
  for (const { path, keyData } of keys) {
    if (path !== undefined && path !== expected)
      throw problems.invalid(
        'linuxConfiguration.ssh.publicKeys.path',
        `Destination path for SSH public keys is currently limited to its default value ${expected}  due to a known issue in Linux provisioning agent.`,
      );
    if (!/^ssh-(rsa|ed25519) [A-Za-z0-9+/=]+/.test(keyData))
      throw problems.invalid(
        'linuxConfiguration.ssh.publicKeys.keyData',
        'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
      );
  }
  if (customData !== undefined && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(customData))
    throw problems.invalid(
      'customData',
      'Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.',
    );
  // https://learn.microsoft.com/azure/virtual-machines/custom-data
  if (customData !== undefined && customData.length > 87_380)
    throw problems.invalid(
      'customData',
      'Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.',
    );
}

function checkImage({ storageProfile }: MachineProperties, location: string): { image: Image; version: string } {
  const { publisher = '', offer = '', sku = '', version = '', id } = storageProfile.imageReference ?? {};
  if (id !== undefined) throw notImplemented('images that are not platform images');
  const [image] = findImages(publisher, offer, sku);
  const found = image && findVersion(image, version);
  if (!image || found === undefined)
    throw problems.imageNotFound(`${publisher}:${offer}:${sku}:${version}' in location '${location}`);
  if (image.state === 'Deprecated') throw problems.imageDeprecated(`${publisher}:${offer}:${sku}:${found}`);
  return { image, version: found };
}

function checkSecurity({ securityProfile }: MachineProperties, size: Size, image: Image): void {
  const trusted = securityProfile?.securityType === 'TrustedLaunch';
  if (trusted && (image.generation !== 'V2' || !size.generations.includes('V2') || !size.trustedLaunch))
    throw problems.invalid(
      'securityProfile.securityType',
      "The provided image or VM size is not supported for security type 'TrustedLaunch'; both must be of Hyper-V Generation '2'.",
    );
  if (securityProfile?.uefiSettings && !trusted)
    throw problems.invalid(
      'securityProfile.uefiSettings',
      'Use of UEFI settings is not supported without setting Security Type to TrustedLaunch.',
    );
  if (!size.generations.includes(image.generation))
    throw problems.invalid(
      'vmSize',
      `The selected VM size '${size.name}' cannot boot Hypervisor Generation '${image.generation === 'V1' ? 1 : 2}'.`,
    );
  if (size.architecture !== image.architecture)
    throw problems.invalid(
      'vmSize',
      `Cannot create a VM of size '${size.name}' because this VM size only supports a CPU Architecture of '${size.architecture}', but an image or disk with CPU Architecture '${image.architecture}' was given.`,
    );
}

function checkPlacement(
  world: World,
  machine: Resource & { readonly zones?: readonly string[] | undefined },
  { availabilitySet }: MachineProperties,
): void {
  if (!availabilitySet) return;
  if (machine.zones && machine.zones.length > 0)
    throw problems.invalid(
      'availabilitySet',
      'Virtual Machine cannot be created because both Availability Zone and Availability Set were specified. Deploying an Availability Set to an Availability Zone isn’t supported.',
    );
  const set = world.state.availabilitySets.get(availabilitySet.id);
  if (!set || set.location !== machine.location) throw invalidReference(availabilitySet.id, machine.id);
  if (set.sku !== 'Aligned')
    throw problems.invalid(
      'availabilitySet',
      'Addition of a managed disk to a VM with availability set whose sku is Classic is not supported. Use sku Aligned.',
    );
}

function checkInterfaces(world: World, machine: Resource, { networkProfile }: MachineProperties): NetworkInterface[] {
  if (networkProfile.networkInterfaces.length === 0)
    throw problems.invalid('networkProfile', 'Virtual Machine must have at least one network interface.');
  return networkProfile.networkInterfaces.map(({ id }) => {
    const nic = world.state.interfaces.get(id);
    if (!nic || nic.location !== machine.location) throw invalidReference(id, machine.id);
    refuseIfTaken(world, nic, machine.id);
    if (nic.state !== 'Succeeded') throw notProvisioned(id, nic.state);
    return nic;
  });
}
