import type { Image } from './images.ts';

type Facts = Omit<Image, 'publisher' | 'offer' | 'sku' | 'versions'>;
type Row = readonly [sku: string, facts?: Partial<Facts>];

const usual: Facts = {
  generation: 'V2',
  architecture: 'x64',
  securityType: 'TrustedLaunchSupported',
  diskControllers: ['SCSI', 'NVMe'],
  plan: undefined,
  sizeGiB: 30,
  state: 'Active',
  deprecation: undefined,
};
const first: Partial<Facts> = { generation: 'V1', securityType: undefined, diskControllers: ['SCSI'] };
const arm: Partial<Facts> = { architecture: 'Arm64' };

/** SKUs of one offer, with the versions that all of them have. */
function offer(
  [publisher, name]: readonly [string, string],
  versions: readonly string[],
  rows: readonly Row[],
): readonly Image[] {
  return rows.map(([sku, facts]) => ({ ...usual, ...facts, publisher, offer: name, sku, versions }));
}

const ubuntu = (release: string): readonly string[] => [`${release}.202608120`, `${release}.202610150`];

/** Rocky Linux and Flatcar cost nothing, and come with a plan all the same: SKU and plan have one name. */
const planned = (publisher: string, product: string, name: string, facts: Partial<Facts>): Row => [
  name,
  { ...facts, plan: { publisher, product, name } },
];

/**
 * A selection of the Linux images on Azure's marketplace, as it is in November 2026: their names are Azure's, and so are
 * generations, architectures and plans. Sources: https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/,
 * https://wiki.debian.org/Cloud/MicrosoftAzure, https://wiki.almalinux.org/cloud/Azure.html, https://www.flatcar.org/docs/latest/installing/cloud/azure/,
 * https://learn.microsoft.com/azure/virtual-machines/workloads/redhat/redhat-images
 */
export const imageTable: readonly Image[] = [
  ...offer(['Canonical', 'ubuntu-26_04-lts'], ubuntu('26.04'), [
    ['server'],
    ['server-gen1', first],
    ['server-arm64', arm],
    ['minimal'],
    ['minimal-arm64', arm],
  ]),
  ...offer(['Canonical', 'ubuntu-24_04-lts'], ubuntu('24.04'), [
    ['server'],
    ['server-gen1', first],
    ['server-arm64', arm],
    ['minimal'],
    ['minimal-gen1', first],
    ['minimal-arm64', arm],
    ['cvm', { securityType: 'TrustedLaunchAndConfidentialVmSupported' }],
    ['ubuntu-pro'],
  ]),
  ...offer(['Canonical', '0001-com-ubuntu-server-jammy'], ubuntu('22.04'), [
    ['22_04-lts', first],
    ['22_04-lts-gen2'],
    ['22_04-lts-arm64', arm],
  ]),
  ...offer(
    ['Canonical', '0001-com-ubuntu-server-focal'],
    ['20.04.202505210'],
    [
      ['20_04-lts', { ...first, state: 'ScheduledForDeprecation', deprecation: '2027-05-31T00:00:00+00:00' }],
      ['20_04-lts-gen2', { state: 'ScheduledForDeprecation', deprecation: '2027-05-31T00:00:00+00:00' }],
    ],
  ),
  ...offer(
    ['Canonical', 'UbuntuServer'],
    ['18.04.202401161'],
    [['18.04-LTS', { ...first, state: 'Deprecated', deprecation: '2025-05-31T00:00:00+00:00' }]],
  ),
  ...offer(['Debian', 'debian-13'], ['0.20261006.2256'], [['13', first], ['13-gen2'], ['13-arm64', arm]]),
  ...offer(
    ['Debian', 'debian-12'],
    ['0.20260811.2200', '0.20261006.2256'],
    [['12', first], ['12-gen2'], ['12-arm64', arm]],
  ),
  ...offer(['Debian', 'debian-11'], ['0.20260803.2192'], [['11', first], ['11-gen2'], ['11-backports-gen2']]),
  ...offer(['almalinux', 'almalinux-x86_64'], ['9.6.202606180'], [['9-gen1', first], ['9-gen2']]),
  ...offer(['almalinux', 'almalinux-arm'], ['9.6.202606180'], [['9-arm-gen2', arm]]),
  ...offer(
    ['resf', 'rockylinux-x86_64'],
    ['9.6.20260531'],
    [
      planned('resf', 'rockylinux-x86_64', '9-base', { sizeGiB: 10 }),
      planned('resf', 'rockylinux-x86_64', '9-lvm', { sizeGiB: 10 }),
    ],
  ),
  ...offer(
    ['RedHat', 'RHEL'],
    ['9.6.2026060411'],
    [
      ['8-lvm-gen2', { sizeGiB: 64 }],
      ['9-lvm', { ...first, sizeGiB: 64 }],
      ['9-lvm-gen2', { sizeGiB: 64 }],
    ],
  ),
  ...offer(['SUSE', 'sles-15-sp6'], ['2026.09.18'], [['gen1', first], ['gen2']]),
  ...offer(['SUSE', 'opensuse-leap-15-6'], ['2026.08.02'], [['gen1', first], ['gen2']]),
  ...offer(
    ['MicrosoftCBLMariner', 'azure-linux-3'],
    ['3.20260911.01'],
    [['azure-linux-3', first], ['azure-linux-3-gen2'], ['azure-linux-3-arm64', arm]],
  ),
  ...offer(
    ['kinvolk', 'flatcar-container-linux-free'],
    ['4230.2.3', '4459.2.1'],
    [
      planned('kinvolk', 'flatcar-container-linux-free', 'stable', first),
      planned('kinvolk', 'flatcar-container-linux-free', 'stable-gen2', {}),
      planned('kinvolk', 'flatcar-container-linux-free', 'lts2024-gen2', {}),
    ],
  ),
  ...offer(['kinvolk', 'flatcar-container-linux-corevm-amd64'], ['4230.2.3', '4459.2.1'], [['stable-gen2']]),
];
