import type { OSDisk } from '@azure/arm-compute';
import type { EphemeralPlacement, SizeFacts } from './catalogue/size-facts.ts';
import type { AzureOptions } from './options.ts';

/** Azure's words for places of an ephemeral OS disk. */
const placements: Readonly<Record<'cache' | 'resource' | 'nvme', EphemeralPlacement>> = {
  cache: 'CacheDisk',
  resource: 'ResourceDisk',
  nvme: 'NvmeDisk',
};

/** Largest ephemeral OS disk in GiB, whatever room there is (learn.microsoft.com, "Ephemeral OS disks for Azure VMs"). */
const MAX_EPHEMERAL_GIB = 2_040;

/** Room for an ephemeral OS disk at one place of a size, in GiB; 0 where the size has no such place. */
export function ephemeralRoomGiB(size: SizeFacts, placement: EphemeralPlacement): number {
  if (!size.ephemeralPlacements.includes(placement)) return 0;
  const room = { CacheDisk: size.cacheGiB, ResourceDisk: size.temporaryDiskGiB, NvmeDisk: size.nvmeGiB }[placement];
  return Math.min(room, MAX_EPHEMERAL_GIB);
}

/**
 * Where the ephemeral OS disk goes: where it was asked to, else the first place with room enough, in Azure's own order.
 *
 * @param sizeGiB of the disk; undefined when nobody knows
 * @returns undefined when it was left open and Azure has to choose
 */
export function ephemeralPlacement(
  wish: NonNullable<AzureOptions['ephemeralOsDisk']>,
  size: SizeFacts | undefined,
  sizeGiB: number | undefined,
): EphemeralPlacement | undefined {
  if (wish !== 'auto') return placements[wish];
  if (size === undefined) return undefined;
  const order = ['CacheDisk', 'ResourceDisk', 'NvmeDisk'] as const;
  return order.find((place) => ephemeralRoomGiB(size, place) >= Math.max(sizeGiB ?? 0, 1));
}

/** The OS disk as a VM's request has it. It goes when the VM goes. */
export function osDisk(
  disk: string,
  options: AzureOptions,
  { size, imageGiB }: { readonly size: SizeFacts | undefined; readonly imageGiB: number | undefined },
): OSDisk {
  const { diskSizeGiB, ephemeralOsDisk, storageType } = options;
  const common: OSDisk = {
    name: disk,
    createOption: 'FromImage',
    deleteOption: 'Delete',
    ...(diskSizeGiB === undefined ? {} : { diskSizeGB: diskSizeGiB }),
  };
  if (ephemeralOsDisk === undefined)
    return { ...common, caching: 'ReadWrite', managedDisk: { storageAccountType: storageType } };
  const placement = ephemeralPlacement(ephemeralOsDisk, size, diskSizeGiB ?? imageGiB);
  // Azure takes no other caching for it (learn.microsoft.com, "Ephemeral OS disks for Azure VMs", deployment).
  return {
    ...common,
    caching: 'ReadOnly',
    diffDiskSettings: { option: 'Local', ...(placement === undefined ? {} : { placement }) },
  };
}
