import type { AzureMachine } from '../azure-machine.ts';
import type { EphemeralPlacement, SizeFacts } from '../catalogue/size-facts.ts';
import { dataDisksOf, fastDiskSkus } from '../data-disk.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { ephemeralPlacement, ephemeralRoomGiB } from '../os-disk.ts';
import { refusal, tryWith } from './refusal.ts';

const places: Readonly<Record<EphemeralPlacement, string>> = {
  CacheDisk: 'cache',
  ResourceDisk: 'temporary disk',
  NvmeDisk: 'NVMe disk',
};

/** Flatcar has Ignition in its place (flatcar.org/docs, "Boot customisation"). */
const withoutCloudInit = /^kinvolk:/i;

/** The size must be able to have the disks that are asked for. @throws PreCreateCheckError */
export function checkDisks(machine: AzureMachine, image: ImageFacts, size: SizeFacts): void {
  checkKinds(machine, size);
  checkDataDisks(machine, size);
  checkEphemeral(machine, image, size);
}

function checkKinds({ name, options }: AzureMachine, size: SizeFacts): void {
  if (size.hasPremiumStorage) return;
  const isPremium = (sku: string) => /^premium/i.test(sku);
  const disks = dataDisksOf(options);
  const isOs = options.ephemeralOsDisk === undefined && isPremium(options.storageType);
  const wanted = isOs ? options.storageType : disks.map(({ sku }) => sku ?? options.storageType).find(isPremium);
  if (wanted === undefined) return;
  throw refusal(
    isOs ? '--azure-storage-type' : '--azure-data-disk',
    `${options.size} takes no disks of kind ${wanted}.`,
    [
      tryWith(name, 'Another kind', `--azure-size ${options.size} --azure-storage-type StandardSSD_LRS`),
      tryWith(name, 'Or another size', `--azure-size Standard_D2s_v5 --azure-storage-type ${wanted}`),
    ],
  );
}

function checkDataDisks({ name, options }: AzureMachine, size: SizeFacts): void {
  const disks = dataDisksOf(options);
  if (disks.some(({ path }) => path !== undefined) && withoutCloudInit.test(options.image))
    throw refusal('--azure-data-disk', `${options.image} has no cloud-init, which would mount the data disks.`, [
      tryWith(name, 'The default image', `--azure-data-disk ${options.dataDisks[0]}`),
    ]);
  if (disks.length > size.maximumDataDisks)
    throw refusal(
      '--azure-data-disk',
      `${options.size} takes ${size.maximumDataDisks} data disks, and these are ${disks.length}.`,
      [tryWith(name, 'A larger size', '--azure-size Standard_D4s_v5')],
    );
  const fast = disks.find(({ sku }) => fastDiskSkus.some((one) => one === sku));
  const hasZones = size.zones.length + size.closedZones.length > 0;
  // learn.microsoft.com, "Azure managed disk types", Premium SSD v2 limitations.
  if (fast !== undefined && options.availabilityZone === undefined && hasZones)
    throw refusal('--azure-data-disk', `In ${options.location} a disk of kind ${fast.sku} needs a machine in a zone.`, [
      tryWith(
        name,
        'In a zone',
        `--azure-availability-zone ${size.zones[0] ?? 1} --azure-data-disk ${options.dataDisks[0]}`,
      ),
    ]);
}

function checkEphemeral({ name, options }: AzureMachine, image: ImageFacts, size: SizeFacts): void {
  const { ephemeralOsDisk, diskSizeGiB } = options;
  if (ephemeralOsDisk === undefined) return;
  const managed = tryWith(name, 'A managed disk', `--azure-size ${options.size}`);
  if (size.ephemeralPlacements.length === 0)
    throw refusal('--azure-ephemeral-os-disk', `${options.size} has no place for an ephemeral OS disk.`, [
      tryWith(name, 'Another size', '--azure-ephemeral-os-disk auto --azure-size Standard_D2ds_v5'),
      managed,
    ]);
  const sizeGiB = diskSizeGiB ?? image.sizeGiB;
  const place = ephemeralPlacement(ephemeralOsDisk, size, sizeGiB);
  if (place !== undefined && ephemeralRoomGiB(size, place) >= Math.max(sizeGiB ?? 0, 1)) return;
  const rooms = size.ephemeralPlacements.map((one) => `${places[one]} ${Math.floor(ephemeralRoomGiB(size, one))} GiB`);
  const needed = sizeGiB === undefined ? 'the image' : `an OS disk of ${sizeGiB} GiB`;
  const where = place === undefined ? '' : ` in its ${places[place]}`;
  throw refusal(
    '--azure-ephemeral-os-disk',
    `${options.size} has no room for ${needed}${where}; it has: ${rooms.join(', ')}.`,
    [managed, tryWith(name, 'Another size', '--azure-ephemeral-os-disk auto --azure-size Standard_D4ds_v5')],
  );
}
