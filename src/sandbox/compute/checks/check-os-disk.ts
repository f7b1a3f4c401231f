import { notImplemented } from '../../arm/problems.ts';
import { ArmProblem } from '../../arm/problem.ts';
import type { ImageSource } from '../image-source/image-source.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { invalid, operationNotAllowed } from '../problems.ts';
import type { EphemeralPlacement, Size } from '../sizes.ts';
import { checkDiskKind } from './check-disk-kind.ts';

type OsDisk = MachineProperties['storageProfile']['osDisk'];

/** @throws ArmProblem when the OS disk does not suit image and size */
export function checkOsDisk({ storageProfile }: MachineProperties, size: Size, source: ImageSource): void {
  const { osDisk } = storageProfile;
  if (osDisk.createOption !== 'FromImage') throw notImplemented('OS disks that are not made from an image');
  const sku = osDisk.managedDisk?.storageAccountType;
  // https://learn.microsoft.com/azure/virtual-machines/disks-types: Ultra disks and Premium SSD v2 are data disks only.
  if (sku === 'UltraSSD_LRS' || sku === 'PremiumV2_LRS')
    throw invalid(
      'osDisk.managedDisk.storageAccountType',
      `Storage account type '${sku}' is not supported for OS disks.`,
    );
  checkDiskKind(size, sku, osDisk.name ?? 'osDisk');
  if (osDisk.diskSizeGB !== undefined && osDisk.diskSizeGB < source.sizeGiB)
    throw operationNotAllowed(
      `The specified disk size ${osDisk.diskSizeGB} GB is smaller than the size of the corresponding disk in the VM image: ${source.sizeGiB} GB. This is not allowed. Please choose equal or greater size or do not specify an explicit size.`,
      'osDisk.diskSizeGB',
    );
  // https://learn.microsoft.com/azure/virtual-machines/managed-disks-overview#os-disk: 4 TiB.
  if (osDisk.diskSizeGB !== undefined && osDisk.diskSizeGB > 4095)
    throw invalid(
      'osDisk.diskSizeGB',
      `The value '${osDisk.diskSizeGB}' of parameter 'osDisk.diskSizeGB' is out of range. Value '${osDisk.diskSizeGB}' must be between '1' and '4095' inclusive.`,
    );
  if (osDisk.diffDiskSettings) checkEphemeral(osDisk, size, source);
}

/**
 * An OS disk on the host itself: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks
 *
 * @throws ArmProblem
 */
function checkEphemeral(osDisk: OsDisk, size: Size, source: ImageSource): void {
  const { option, placement } = osDisk.diffDiskSettings ?? {};
  if (option === undefined)
    throw invalid(
      'osDisk.diffDiskSettings.option',
      "Required parameter 'osDisk.diffDiskSettings.option' is missing (null).",
    );
  if (osDisk.caching !== 'ReadOnly') throw invalid('osDisk.caching', 'Ephemeral OS disks need caching ReadOnly.');
  if (osDisk.deleteOption === 'Detach')
    throw invalid('osDisk.deleteOption', 'Ephemeral OS disks are deleted with their VM: deleteOption must be Delete.');
  if (size.ephemeralPlacements.length === 0)
    throw notSupported(
      `Ephemeral OS disk is not supported for VM size ${size.name}. Please refer to https://aka.ms/Ephemeral for more details.`,
    );
  const place = placement ?? usualPlacement(size);
  const room = size.ephemeralPlacements.includes(place) ? Math.floor(roomGiB[place](size)) : 0;
  if ((osDisk.diskSizeGB ?? source.sizeGiB) > room)
    throw notSupported(
      `OS disk of Ephemeral VM with size greater than ${room} GB is not allowed for VM size ${size.name} when the DiffDiskPlacement is ${place}. Please refer to https://aka.ms/Ephemeral for more details.`,
    );
}

const notSupported = (message: string) => new ArmProblem(409, 'NotSupported', message, { target: 'osDisk' });

/** Where Azure puts it when nothing is said: the cache if there is one, else the temporary disk, else NVMe. */
function usualPlacement({ ephemeralPlacements }: Size): EphemeralPlacement {
  const order = ['CacheDisk', 'ResourceDisk', 'NvmeDisk'] as const;
  return order.find((place) => ephemeralPlacements.includes(place)) ?? 'CacheDisk';
}

/** No ephemeral disk is larger than this, whatever room there is. */
const largestEphemeralGiB = 2040;
const roomGiB: Readonly<Record<EphemeralPlacement, (size: Size) => number>> = {
  CacheDisk: ({ cacheMiB }) => Math.min(cacheMiB / 1024, largestEphemeralGiB),
  ResourceDisk: ({ temporaryDiskMiB }) => Math.min(temporaryDiskMiB / 1024, largestEphemeralGiB),
  NvmeDisk: ({ nvmeMiB }) => Math.min(nvmeMiB / 1024, largestEphemeralGiB),
};
