/** A set of api-versions that a part of ARM is served under. */
export type Family =
  | 'subscriptions'
  | 'resources'
  | 'deployments'
  | 'features'
  | 'compute'
  | 'disks'
  | 'skus'
  | 'galleries'
  | 'identities'
  | 'marketplace'
  | 'authorization'
  | 'policyInsights'
  | 'network';

/**
 * Versions the sandbox answers: those of the SDKs that azdock uses, and those whose published specifications describe
 * the same bodies. A newer or older one is refused as Azure would refuse it.
 */
export const apiVersions: Readonly<Record<Family, readonly string[]>> = {
  subscriptions: ['2022-12-01', '2021-01-01', '2020-01-01'],
  resources: ['2025-04-01', '2024-07-01', '2022-09-01', '2021-04-01'],
  compute: ['2026-04-01', '2026-03-01', '2025-11-01', '2025-04-01', '2024-07-01'],
  disks: ['2026-03-02', '2025-01-02', '2024-03-02'],
  skus: ['2021-07-01'],
  deployments: [
    '2026-06-01',
    '2025-04-01',
    '2025-03-01',
    '2024-11-01',
    '2024-07-01',
    '2024-03-01',
    '2023-07-01',
    '2022-09-01',
    '2021-04-01',
    '2020-10-01',
  ],
  features: ['2021-07-01', '2015-12-01'],
  galleries: ['2025-12-03', '2025-03-03', '2024-03-03', '2023-07-03'],
  identities: ['2024-11-30', '2023-01-31'],
  authorization: ['2022-04-01', '2018-07-01', '2015-07-01'],
  policyInsights: ['2024-10-01', '2023-03-01'],
  marketplace: ['2021-01-01', '2015-06-01'],
  network: ['2026-01-01', '2025-07-01', '2025-05-01', '2025-03-01', '2024-01-01'],
};
