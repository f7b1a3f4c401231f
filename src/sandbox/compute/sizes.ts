/** A size of virtual machines, as far as azdock's world knows it. */
export interface Size {
  readonly name: string;
  /** Quota name, such as `standardBsv2Family`. */
  readonly family: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly temporaryDiskMiB: number;
  readonly maximumDataDisks: number;
  readonly architecture: 'x64' | 'Arm64';
  readonly generations: readonly ('V1' | 'V2')[];
  /** Not offered to this subscription, though the region knows it. */
  readonly restricted?: true;
}

type Row = readonly [string, number, number, number, number];

const series = (
  family: string,
  rows: readonly Row[],
  more: Partial<Pick<Size, 'architecture' | 'generations' | 'restricted'>> = {},
): readonly Size[] =>
  rows.map(([name, vCpus, memoryGiB, temporaryDiskGiB, maximumDataDisks]) => ({
    name,
    family,
    vCpus,
    memoryMiB: memoryGiB * 1024,
    temporaryDiskMiB: temporaryDiskGiB * 1024,
    maximumDataDisks,
    architecture: more.architecture ?? 'x64',
    generations: more.generations ?? ['V1', 'V2'],
    ...(more.restricted ? { restricted: true } : {}),
  }));

/** Sizes of every region, from https://learn.microsoft.com/azure/virtual-machines/sizes/overview */
export const sizes: readonly Size[] = [
  ...series(
    'standardBsv2Family',
    [
      ['Standard_B2ts_v2', 2, 1, 0, 4],
      ['Standard_B2ls_v2', 2, 4, 0, 4],
      ['Standard_B2s_v2', 2, 8, 0, 4],
      ['Standard_B4ls_v2', 4, 8, 0, 8],
      ['Standard_B4s_v2', 4, 16, 0, 8],
    ],
    { generations: ['V1', 'V2'] },
  ),
  ...series('standardBasv2Family', [
    ['Standard_B2as_v2', 2, 8, 0, 4],
    ['Standard_B4as_v2', 4, 16, 0, 8],
  ]),
  ...series(
    'standardBpsv2Family',
    [
      ['Standard_B2pls_v2', 2, 4, 0, 4],
      ['Standard_B2ps_v2', 2, 8, 0, 4],
    ],
    { architecture: 'Arm64', generations: ['V2'] },
  ),
  ...series('standardDSv5Family', [
    ['Standard_D2s_v5', 2, 8, 0, 4],
    ['Standard_D4s_v5', 4, 16, 0, 8],
    ['Standard_D8s_v5', 8, 32, 0, 16],
  ]),
  ...series('standardDASv5Family', [
    ['Standard_D2as_v5', 2, 8, 0, 4],
    ['Standard_D4as_v5', 4, 16, 0, 8],
  ]),
  ...series('standardBSFamily', [
    ['Standard_B1s', 1, 1, 4, 2],
    ['Standard_B2s', 2, 4, 8, 4],
  ]),
  ...series('standardDSv3Family', [['Standard_D2s_v3', 2, 8, 16, 4]], { generations: ['V1', 'V2'] }),
  ...series('standardFSv2Family', [
    ['Standard_F2s_v2', 2, 4, 16, 4],
    ['Standard_F4s_v2', 4, 8, 32, 8],
  ]),
  // New subscriptions do not get Dv2 any more: it retires on 1 May 2028.
  ...series('standardDv2Family', [['Standard_D2_v2', 2, 7, 100, 8]], { generations: ['V1'], restricted: true }),
];

/** vCPU limits by quota name; families without one have {@link defaultFamilyLimit}. F is small, so that a quota can be met. */
export const familyLimits: Readonly<Record<string, number>> = { standardFSv2Family: 4 };
export const defaultFamilyLimit = 10_000;
export const regionalLimit = 20_000;

export function findSize(name: string): Size | undefined {
  return sizes.find((size) => size.name.toLowerCase() === name.toLowerCase());
}
