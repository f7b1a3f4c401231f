import type { AzureMachine } from '../azure-machine.ts';
import type { EphemeralPlacement, SizeFacts } from '../catalogue/size-facts.ts';
import { dataDisksOf, fastDiskSkus } from '../data-disk.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { ephemeralPlacement, ephemeralRoomGiB } from '../os-disk.ts';
import { suitableSizes } from '../size-steps.ts';
import { refusal, tryWith } from './refusal.ts';

const places: Readonly<Record<EphemeralPlacement, string>> = {
  CacheDisk: 'cache',
  ResourceDisk: 'temporary disk',
  NvmeDisk: 'NVMe disk',
};

/** Flatcar has Ignition in its place (flatcar.org/docs, "Boot customisation"). */
const withoutCloudInit = /^kinvolk:/i;

/** The size must be able to have the disks that are asked for. @throws PreCreateCheckError */
export async function checkDisks(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  await checkKinds(machine, image, size);
  await checkDataDisks(machine, image, size);
  await checkEphemeral(machine, image, size);
}

async function checkKinds(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { name, options } = machine;
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
      ...(await suitableSizes(machine, {
        image,
        flags: `--azure-storage-type ${wanted}`,
        suits: (other) => other.hasPremiumStorage,
      })),
    ],
  );
}

async function checkDataDisks(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { name, options } = machine;
  const disks = dataDisksOf(options);
  if (disks.some(({ path }) => path !== undefined) && withoutCloudInit.test(options.image))
    throw refusal('--azure-data-disk', `${options.image} has no cloud-init, which would mount the data disks.`, [
      tryWith(name, 'The default image', disksFlags(options.dataDisks), 'azure-image', 'azure-plan'),
    ]);
  if (disks.length > size.maximumDataDisks)
    throw refusal(
      '--azure-data-disk',
      `${options.size} takes ${size.maximumDataDisks} data disks, and these are ${disks.length}.`,
      await suitableSizes(machine, {
        image,
        flags: disksFlags(options.dataDisks),
        suits: ({ maximumDataDisks }) => maximumDataDisks >= disks.length,
      }),
    );
  const fast = disks.find(({ sku }) => fastDiskSkus.some((one) => one === sku));
  const hasZones = size.zones.length + size.closedZones.length > 0;
  // learn.microsoft.com, "Azure managed disk types", Premium SSD v2 limitations.
  if (fast !== undefined && options.availabilityZone === undefined && hasZones)
    throw refusal('--azure-data-disk', `In ${options.location} a disk of kind ${fast.sku} needs a machine in a zone.`, [
      tryWith(name, 'In a zone', `--azure-availability-zone ${size.zones[0] ?? 1} ${disksFlags(options.dataDisks)}`),
    ]);
}

async function checkEphemeral(machine: AzureMachine, image: ImageFacts, size: SizeFacts): Promise<void> {
  const { name, options } = machine;
  const { ephemeralOsDisk, diskSizeGiB } = options;
  if (ephemeralOsDisk === undefined) return;
  const sizeGiB = diskSizeGiB ?? image.sizeGiB;
  const has = (one: SizeFacts) => {
    const place = ephemeralPlacement(ephemeralOsDisk, one, sizeGiB);
    return place !== undefined && ephemeralRoomGiB(one, place) >= Math.max(sizeGiB ?? 0, 1);
  };
  if (has(size)) return;
  const flags = [
    `--azure-ephemeral-os-disk ${ephemeralOsDisk}`,
    ...(diskSizeGiB === undefined ? [] : [`--azure-disk-size ${diskSizeGiB}`]),
  ].join(' ');
  const steps = [
    tryWith(name, 'A managed disk', `--azure-size ${options.size}`, 'azure-ephemeral-os-disk'),
    ...(await suitableSizes(machine, { image, flags, suits: has })),
  ];
  if (size.ephemeralPlacements.length === 0)
    throw refusal('--azure-ephemeral-os-disk', `${options.size} has no place for an ephemeral OS disk.`, steps);
  const place = ephemeralPlacement(ephemeralOsDisk, size, sizeGiB);
  const rooms = size.ephemeralPlacements.map((one) => `${places[one]} ${Math.floor(ephemeralRoomGiB(size, one))} GiB`);
  const needed = sizeGiB === undefined ? 'the image' : `an OS disk of ${sizeGiB} GiB`;
  const where = place === undefined ? '' : ` in its ${places[place]}`;
  throw refusal(
    '--azure-ephemeral-os-disk',
    `${options.size} has no room for ${needed}${where}; it has: ${rooms.join(', ')}.`,
    steps,
  );
}

function disksFlags(dataDisks: readonly string[]): string {
  return dataDisks.map((disk) => `--azure-data-disk ${disk}`).join(' ');
}
