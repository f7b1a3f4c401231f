import { notImplemented } from '../../arm/problems.ts';
import { invalidReference } from '../../network/problems.ts';
import type { World } from '../../world.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { diskInUse, invalid, operationNotAllowed } from '../problems.ts';
import type { Size } from '../sizes.ts';
import { checkDiskKind } from './check-disk-kind.ts';
import { checkZoneOfDisk } from './check-zones.ts';
import type { PlacedMachine } from './placed-machine.ts';

type DataDisk = NonNullable<MachineProperties['storageProfile']['dataDisks']>[number];

/** @throws ArmProblem when the disks, or their number, do not suit the size or each other */
export function checkDataDisks(
  world: World,
  machine: PlacedMachine,
  { properties, size }: { readonly properties: MachineProperties; readonly size: Size },
): void {
  const disks = properties.storageProfile.dataDisks ?? [];
  const luns = new Set<number>();
  for (const disk of disks) {
    if (disk.lun < 0 || disk.lun > 63) throw outOfRange('lun', disk.lun, [0, 63]);
    if (luns.has(disk.lun)) throw invalid('dataDisk.lun', `A disk at LUN ${disk.lun} already exists.`);
    luns.add(disk.lun);
    if (disk.createOption === 'Empty') checkEmpty(machine, properties, disk);
    else if (disk.createOption === 'Attach') checkAttached(world, machine, disk);
    else throw notImplemented(`data disks with createOption ${disk.createOption}`);
    checkDiskKind(size, disk.managedDisk?.storageAccountType, disk.name ?? `lun ${disk.lun}`);
  }
  if (disks.length > size.maximumDataDisks)
    throw operationNotAllowed(
      `The maximum number of data disks allowed to be attached to a VM of this size is ${size.maximumDataDisks}.`,
      'dataDisks',
    );
}

function checkEmpty(machine: PlacedMachine, properties: MachineProperties, disk: DataDisk): void {
  const { diskSizeGB: sizeGiB, caching } = disk;
  const sku = disk.managedDisk?.storageAccountType;
  if (disk.managedDisk?.id !== undefined)
    throw invalid('dataDisk.managedDisk.id', 'A disk that is there cannot be used with createOption Empty: attach it.');
  if (sizeGiB === undefined)
    throw invalid('dataDisk.diskSizeGB', "Required parameter 'dataDisk.diskSizeGB' is missing (null).");
  // https://learn.microsoft.com/azure/virtual-machines/disks-types#disk-type-comparison
  const largest = sku === 'PremiumV2_LRS' ? 65_536 : 32_767;
  if (sizeGiB < 1 || sizeGiB > largest) throw outOfRange('diskSizeGB', sizeGiB, [1, largest]);
  const isCached = caching === 'ReadOnly' || caching === 'ReadWrite';
  if (isCached && sizeGiB > 4095)
    throw invalid('dataDisk.caching', `Disk caching '${caching}' is not supported for disks of 4 TiB and larger.`);
  if (sku === 'UltraSSD_LRS')
    throw invalid(
      'managedDisk.storageAccountType',
      "StorageAccountType 'UltraSSD_LRS' can be used only when additionalCapabilities.ultraSSDEnabled is set.",
    );
  if (sku !== 'PremiumV2_LRS') return;
  // https://learn.microsoft.com/azure/virtual-machines/disks-types#premium-ssd-v2-limitations
  if (isCached)
    throw invalid(
      'dataDisk.caching',
      `Disk caching '${caching}' is not supported for StorageAccountType 'PremiumV2_LRS'.`,
    );
  if (properties.availabilitySet || (machine.zones ?? []).length === 0)
    throw invalid(
      'managedDisk.storageAccountType',
      'PremiumV2_LRS disk is not supported. In a region with availability zones it can be used only by a VM in a zone.',
    );
}

function checkAttached(world: World, machine: PlacedMachine, disk: DataDisk): void {
  const id = disk.managedDisk?.id;
  if (id === undefined)
    throw invalid('dataDisk.managedDisk.id', "Required parameter 'dataDisk.managedDisk.id' is missing (null).");
  const found = world.state.disks.get(id);
  if (!found || found.location !== machine.location) throw invalidReference(id, machine.id);
  if (found.machine !== undefined && found.machine.toLowerCase() !== machine.id.toLowerCase())
    throw diskInUse(found.name, found.machine);
  checkZoneOfDisk(machine, found);
}

const outOfRange = (name: string, value: number, [least, most]: readonly [number, number]) =>
  invalid(
    `dataDisk.${name}`,
    `The value '${value}' of parameter 'dataDisk.${name}' is out of range. Value '${value}' must be between '${least}' and '${most}' inclusive.`,
  );
