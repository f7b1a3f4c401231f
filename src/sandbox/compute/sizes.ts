import { sizeTable } from './size-table.ts';

/** Where an ephemeral OS disk can lie, in Azure's words. */
export type EphemeralPlacement = 'CacheDisk' | 'ResourceDisk' | 'NvmeDisk';

/** A size of virtual machines, as far as azdock's world knows it. */
export interface Size {
  readonly name: string;
  /** Quota name, such as `standardBsv2Family`. */
  readonly family: string;
  readonly tier: 'Basic' | 'Standard';
  readonly vCpus: number;
  /** Less than {@link Size.vCpus} for a constrained size. */
  readonly vCpusAvailable: number;
  readonly memoryMiB: number;
  /** 0 without a temporary disk. */
  readonly temporaryDiskMiB: number;
  /** Cache of the host for disks; 0 without. */
  readonly cacheMiB: number;
  /** Local NVMe disks, all together; 0 without. */
  readonly nvmeMiB: number;
  readonly maximumDataDisks: number;
  readonly maximumInterfaces: number;
  readonly gpus: number;
  readonly architecture: 'x64' | 'Arm64';
  readonly generations: readonly ('V1' | 'V2')[];
  readonly diskControllers: readonly ('SCSI' | 'NVMe')[];
  /** Empty when the size has no ephemeral OS disks. */
  readonly ephemeralPlacements: readonly EphemeralPlacement[];
  readonly premiumStorage: boolean;
  readonly acceleratedNetworking: boolean;
  readonly encryptionAtHost: boolean;
  readonly trustedLaunch: boolean;
  readonly ultraDisks: boolean;
  /** May be had as Spot. */
  readonly lowPriority: boolean;
  /** `MM/DD/YYYY`, where Azure has announced it. */
  readonly retirement: string | undefined;
  /** Regions that have it; undefined for all. */
  readonly regions: readonly string[] | undefined;
}

export const sizes: readonly Size[] = sizeTable;

/** The size of that name, whatever its case. Whether a region offers it, `size-availability.ts` tells. */
export function findSize(name: string): Size | undefined {
  return sizes.find((size) => size.name.toLowerCase() === name.toLowerCase());
}
