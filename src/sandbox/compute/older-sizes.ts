import { type SeriesFacts, series } from './size-series.ts';
import type { Size } from './sizes.ts';

/** Azure does not sell B-series as Spot, and they take no Ultra disks: https://learn.microsoft.com/azure/virtual-machines/spot-vms */
export const burstable: SeriesFacts = { lowPriority: false, ultraDisks: false };
/** Sizes from before Premium storage and generation 2. */
const plain: SeriesFacts = {
  generations: ['V1'],
  ephemeralPlacements: [],
  premiumStorage: false,
  encryptionAtHost: false,
  trustedLaunch: false,
  ultraDisks: false,
};
/** When the first B-series and the second A-series end. */
const ending: SeriesFacts = { retirement: '11/15/2028' };

/** What scripts still name. Dates: https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list */
export const olderSizes: readonly Size[] = [
  ...series(
    'standardBSFamily',
    [
      ['Standard_B1s', 1, 1, 2, 2, 4, 30],
      ['Standard_B2s', 2, 4, 4, 3, 8, 30],
    ],
    {
      ...burstable,
      ...ending,
      acceleratedNetworking: false,
    },
  ),
  ...series('standardDSv4Family', [['Standard_D2s_v4', 2, 8, 4, 2]]),
  ...series('standardDSv3Family', [
    ['Standard_D2s_v3', 2, 8, 4, 2, 16, 50],
    ['Standard_D4s_v3', 4, 16, 8, 2, 32, 100],
  ]),
  ...series('standardDv3Family', [['Standard_D2_v3', 2, 8, 4, 2, 50]], { ...plain, encryptionAtHost: true }),
  ...series('standardDSv2Family', [['Standard_DS2_v2', 2, 7, 8, 2, 14, 86]], {
    ultraDisks: false,
    retirement: '05/01/2028',
  }),
  ...series('standardDv2Family', [['Standard_D2_v2', 2, 7, 8, 2, 100]], { ...plain, retirement: '05/01/2028' }),
  ...series('standardAv2Family', [['Standard_A2_v2', 2, 4, 4, 2, 20]], {
    ...plain,
    ...ending,
    acceleratedNetworking: false,
  }),
  ...series('standardA0_A7Family', [['Standard_A2', 2, 3.5, 4, 2, 135]], {
    ...plain,
    acceleratedNetworking: false,
    lowPriority: false,
    retirement: '08/31/2024',
  }),
  ...series('standardNCFamily', [['Standard_NC6', 6, 56, 24, 1, 340]], {
    ...plain,
    gpus: 1,
    acceleratedNetworking: false,
    retirement: '09/06/2023',
  }),
];
