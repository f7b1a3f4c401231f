import type { Size } from './sizes.ts';

/** Name, vCPUs, memory in GiB, data disks, network interfaces; then temporary disk, cache and NVMe disks in GiB, where it has them. */
export type SizeRow = readonly [
  name: string,
  vCpus: number,
  memoryGiB: number,
  dataDisks: number,
  interfaces: number,
  temporaryGiB?: number,
  cacheGiB?: number,
  nvmeGiB?: number,
];

/** What the sizes of a series have in common, where it differs from that of most. */
export type SeriesFacts = Partial<
  Omit<Size, 'name' | 'family' | 'vCpus' | 'memoryMiB' | 'maximumDataDisks' | 'maximumInterfaces'>
>;

const MIB = 1024;

/** Sizes of one series. Unless `facts` say otherwise, what has been usual since the fifth generation holds. */
export function series(family: string, rows: readonly SizeRow[], facts: SeriesFacts = {}): readonly Size[] {
  return rows.map(([name, vCpus, memoryGiB, dataDisks, interfaces, temporaryGiB = 0, cacheGiB = 0, nvmeGiB = 0]) => ({
    name,
    family,
    tier: 'Standard',
    vCpus,
    vCpusAvailable: vCpus,
    memoryMiB: memoryGiB * MIB,
    temporaryDiskMiB: temporaryGiB * MIB,
    cacheMiB: cacheGiB * MIB,
    nvmeMiB: nvmeGiB * MIB,
    maximumDataDisks: dataDisks,
    maximumInterfaces: interfaces,
    gpus: 0,
    architecture: 'x64',
    generations: ['V1', 'V2'],
    diskControllers: ['SCSI'],
    ephemeralPlacements: [
      ...(temporaryGiB > 0 ? (['ResourceDisk'] as const) : []),
      ...(cacheGiB > 0 ? (['CacheDisk'] as const) : []),
      ...(nvmeGiB > 0 ? (['NvmeDisk'] as const) : []),
    ],
    premiumStorage: true,
    acceleratedNetworking: true,
    encryptionAtHost: true,
    trustedLaunch: true,
    ultraDisks: true,
    lowPriority: true,
    retirement: undefined,
    regions: undefined,
    ...facts,
  }));
}
