import { burstable, olderSizes } from './older-sizes.ts';
import { type SeriesFacts, series } from './size-series.ts';
import type { Size } from './sizes.ts';

/** https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes */
const arm: SeriesFacts = { architecture: 'Arm64', generations: ['V2'], trustedLaunch: false };
/** Since the sixth generation disks are NVMe disks: https://learn.microsoft.com/azure/virtual-machines/nvme-overview */
const sixth: SeriesFacts = { generations: ['V2'], diskControllers: ['NVMe'], ultraDisks: false };
const largeRegions = ['eastus', 'eastus2', 'southcentralus', 'westus2', 'westus3', 'northeurope', 'westeurope'];

/**
 * A selection of Azure's sizes with the properties that Microsoft.Compute/skus tells of them
 * (https://learn.microsoft.com/azure/virtual-machines/sizes/overview, and what the list answered in 2025).
 */
export const sizeTable: readonly Size[] = [
  ...series(
    'standardBsv2Family',
    [
      ['Standard_B2ts_v2', 2, 1, 4, 2],
      ['Standard_B2ls_v2', 2, 4, 4, 2],
      ['Standard_B2s_v2', 2, 8, 4, 2],
      ['Standard_B4ls_v2', 4, 8, 8, 2],
      ['Standard_B4s_v2', 4, 16, 8, 2],
      ['Standard_B8s_v2', 8, 32, 16, 2],
    ],
    burstable,
  ),
  ...series(
    'standardBasv2Family',
    [
      ['Standard_B2als_v2', 2, 4, 4, 2],
      ['Standard_B2as_v2', 2, 8, 4, 2],
      ['Standard_B4as_v2', 4, 16, 8, 2],
    ],
    burstable,
  ),
  ...series(
    'standardBpsv2Family',
    [
      ['Standard_B2pls_v2', 2, 4, 4, 2],
      ['Standard_B2ps_v2', 2, 8, 4, 2],
      ['Standard_B4ps_v2', 4, 16, 8, 2],
    ],
    { ...burstable, ...arm },
  ),
  ...series('standardDSv5Family', [
    ['Standard_D2s_v5', 2, 8, 4, 2],
    ['Standard_D4s_v5', 4, 16, 8, 2],
    ['Standard_D8s_v5', 8, 32, 16, 4],
  ]),
  ...series('standardDDSv5Family', [
    ['Standard_D2ds_v5', 2, 8, 4, 2, 75, 50],
    ['Standard_D4ds_v5', 4, 16, 8, 2, 150, 100],
  ]),
  ...series('standardDASv5Family', [
    ['Standard_D2as_v5', 2, 8, 4, 2],
    ['Standard_D4as_v5', 4, 16, 8, 2],
  ]),
  ...series(
    'StandardDsv6Family',
    [
      ['Standard_D2s_v6', 2, 8, 8, 2],
      ['Standard_D4s_v6', 4, 16, 12, 2],
    ],
    sixth,
  ),
  ...series('StandardDdsv6Family', [['Standard_D2ds_v6', 2, 8, 8, 2, 0, 0, 110]], sixth),
  ...series(
    'standardDav6Family',
    [
      ['Standard_D2as_v6', 2, 8, 4, 2],
      ['Standard_D4as_v6', 4, 16, 8, 2],
    ],
    sixth,
  ),
  ...series(
    'standardDPSv5Family',
    [
      ['Standard_D2ps_v5', 2, 8, 4, 2],
      ['Standard_D4ps_v5', 4, 16, 8, 2],
    ],
    arm,
  ),
  ...series(
    'StandardDpsv6Family',
    [
      ['Standard_D2ps_v6', 2, 8, 8, 2],
      ['Standard_D4ps_v6', 4, 16, 12, 2],
    ],
    {
      ...arm,
      ...sixth,
      regions: [...largeRegions, 'uksouth', 'germanywestcentral', 'swedencentral', 'japaneast', 'australiaeast'],
    },
  ),
  ...series('standardESv5Family', [
    ['Standard_E2s_v5', 2, 16, 4, 2],
    ['Standard_E4s_v5', 4, 32, 8, 2],
  ]),
  ...series('standardESv5Family', [['Standard_E4-2s_v5', 4, 32, 8, 2]], { vCpusAvailable: 2 }),
  ...series('StandardEsv6Family', [['Standard_E2s_v6', 2, 16, 8, 2]], sixth),
  ...series('standardFSv2Family', [
    ['Standard_F2s_v2', 2, 4, 4, 2, 16, 32],
    ['Standard_F4s_v2', 4, 8, 8, 2, 32, 64],
    ['Standard_F8s_v2', 8, 16, 16, 4, 64, 128],
  ]),
  ...series('standardLSv3Family', [['Standard_L8s_v3', 8, 64, 16, 4, 80, 0, 1788]], {
    ephemeralPlacements: ['ResourceDisk'],
  }),
  ...series('standardMSFamily', [['Standard_M8ms', 8, 218.75, 8, 4, 256, 793]], {
    trustedLaunch: false,
    regions: largeRegions,
  }),
  ...series('Standard NCASv3_T4 Family', [['Standard_NC4as_T4_v3', 4, 28, 8, 2, 176, 50]], {
    gpus: 1,
    encryptionAtHost: false,
    regions: largeRegions,
  }),
  ...series('StandardNCADSA100v4Family', [['Standard_NC24ads_A100_v4', 24, 220, 8, 2, 64, 256, 894]], {
    gpus: 1,
    generations: ['V2'],
    ephemeralPlacements: ['ResourceDisk', 'CacheDisk'],
    regions: ['eastus', 'southcentralus', 'westus3', 'westeurope'],
  }),
  ...olderSizes,
];
