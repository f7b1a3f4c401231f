import { type DataDiskOption, diskSku, fastDiskSkus, osDiskSkus, parseDataDisks } from '../data-disk.ts';
import type { AzureOptions } from '../options.ts';
import { azureDefaults } from '../options.ts';
import { wrongTogether, wrongValue } from './wrong-value.ts';

/** Largest OS disk in GiB (learn.microsoft.com, "Azure VM managed disks overview", OS disk). */
const MAX_OS_DISK_GIB = 4_095;
/** Largest data disk in GiB: of Standard and Premium disks, and of Premium SSD v2. */
const MAX_DISK_GIB = 32_767;
const MAX_FAST_DISK_GIB = 65_536;
/** The most that any size takes (Microsoft.Compute/skus, MaxDataDiskCount); each size has its own limit. */
const MAX_DATA_DISKS = 64;

/** Directories that a host cannot do without, or that are no places for a disk. */
const systemPaths =
  /^\/(bin|boot|dev|etc|lib\d*|libx?32|proc|root|run|sbin|sys|tmp|usr|var|var\/(lib|log|run|cache|tmp))?$/;

/** What the machine keeps its data on. @throws UsageError naming the flag */
export function checkDiskOptions(options: AzureOptions): void {
  const { storageType, diskSizeGiB, ephemeralOsDisk } = options;
  if (!osDiskSkus.some((sku) => sku.toLowerCase() === storageType.toLowerCase()))
    wrongValue('storage-type', storageType, `expected one of ${osDiskSkus.join(', ')}`);
  if (diskSizeGiB !== undefined && !isSize(diskSizeGiB, MAX_OS_DISK_GIB))
    wrongValue('disk-size', diskSizeGiB, `the system's disk has 1 to ${MAX_OS_DISK_GIB} GiB`);
  checkDataDisks(options);
  if (ephemeralOsDisk !== undefined && storageType !== azureDefaults.storageType && !usesStorageType(options))
    wrongTogether(
      'storage-type',
      'an ephemeral OS disk (--azure-ephemeral-os-disk) is on the physical host and has no kind',
    );
}

function usesStorageType({ dataDisks }: AzureOptions): boolean {
  return parseDataDisks(dataDisks).some((disk) => disk !== undefined && disk.sku === undefined);
}

function checkDataDisks({ dataDisks }: AzureOptions): void {
  if (dataDisks.length > MAX_DATA_DISKS)
    wrongTogether('data-disk', `no size has more than ${MAX_DATA_DISKS} data disks, and these are ${dataDisks.length}`);
  const paths = new Map<string, string>();
  for (const [index, disk] of parseDataDisks(dataDisks).entries()) {
    const text = dataDisks[index] ?? '';
    if (disk === undefined) wrongValue('data-disk', text, 'expected GIB[:SKU[:PATH]], like 128 or 64:Premium_LRS:/srv');
    checkDataDisk(text, disk);
    if (disk.path === undefined) continue;
    const other = paths.get(disk.path);
    if (other !== undefined)
      wrongValue('data-disk', text, `${disk.path} is the place of ${JSON.stringify(other)} already`);
    paths.set(disk.path, text);
  }
}

function checkDataDisk(text: string, { sizeGiB, sku, path }: DataDiskOption): void {
  if (sku !== undefined && diskSku(sku) === undefined)
    wrongValue('data-disk', text, `expected one of ${[...osDiskSkus, ...fastDiskSkus].join(', ')}`);
  const most = fastDiskSkus.some((fast) => fast === sku) ? MAX_FAST_DISK_GIB : MAX_DISK_GIB;
  if (!isSize(sizeGiB, most)) wrongValue('data-disk', text, `a data disk has 1 to ${most} GiB`);
  // The path goes into fstab and into a script: what would have to be quoted there is refused here.
  if (path !== undefined && (!/^(\/[\w@%+.,-]+)+$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)))
    wrongValue('data-disk', text, 'the path has to be absolute, of letters, digits and _ @ % + . , -');
  if (path !== undefined && systemPaths.test(path))
    wrongValue('data-disk', text, `${path} belongs to the system; a disk cannot be mounted over it`);
}

function isSize(sizeGiB: number, most: number): boolean {
  return Number.isInteger(sizeGiB) && sizeGiB >= 1 && sizeGiB <= most;
}
