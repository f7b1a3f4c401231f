/** A size of virtual machines as a region has it for this subscription. */
export interface SizeFacts {
  /** As Azure spells it: `Standard_B2s_v2`. */
  readonly name: string;
  /** Name of the quota that its vCPUs count against: `standardBsv2Family`. */
  readonly family: string;
  /** vCPUs that count against the quota. */
  readonly vCpus: number;
  /** vCPUs that the machine sees: fewer with a constrained size. */
  readonly vCpusAvailable: number;
  readonly memoryGiB: number;
  readonly architecture: 'x64' | 'Arm64';
  readonly generations: readonly string[];
  /** Ways in which disks are attached. `SCSI` alone for sizes that do not say. */
  readonly diskControllers: readonly string[];
  readonly maximumDataDisks: number;
  /** 0 without a temporary disk. */
  readonly temporaryDiskGiB: number;
  /** Cache on the host for OS and data disks; 0 without. */
  readonly cacheGiB: number;
  /** Local NVMe disks, all together; 0 without. */
  readonly nvmeGiB: number;
  /** Empty when it has no ephemeral OS disks. */
  readonly ephemeralPlacements: readonly EphemeralPlacement[];
  readonly gpus: number;
  readonly isBurstable: boolean;
  readonly hasPremiumStorage: boolean;
  readonly hasAcceleratedNetworking: boolean;
  readonly hasEncryptionAtHost: boolean;
  readonly hasTrustedLaunch: boolean;
  readonly hasUltraDisks: boolean;
  /** May be had as a Spot VM. */
  readonly isSpotCapable: boolean;
  /** Day on which it retires, where Azure says so, as `YYYY-MM-DD`. */
  readonly retirement: string | undefined;
  /** Zones of the region in which this subscription may have it. Empty where the region has no zones. */
  readonly zones: readonly string[];
  /** Zones that have it, but not for this subscription. */
  readonly closedZones: readonly string[];
  /** Azure's reason why this subscription may not have it anywhere in the region. */
  readonly restriction: 'NotAvailableForSubscription' | 'QuotaId' | undefined;
}

export type EphemeralPlacement = 'CacheDisk' | 'ResourceDisk' | 'NvmeDisk';
