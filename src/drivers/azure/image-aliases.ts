/** A short name for a marketplace image, to be given where a URN can be. */
export interface ImageAlias {
  readonly name: string;
  /** `publisher:offer:sku:version` for x64. */
  readonly urn: string;
  /** The same system for Arm64, where the publisher has it. */
  readonly arm64Urn: string | undefined;
  /** For people: `Ubuntu 24.04 LTS`. */
  readonly title: string;
  /** True for a name that the az program knows as well. */
  readonly isFromAz: boolean;
}

type Row = readonly [name: string, title: string, urn: string, arm64Urn?: string];

/**
 * Names of `az vm image list`, without CentOS85Gen2, which cannot be had any more
 * (Azure/azure-rest-api-specs:arm-compute/quickstart-templates/aliases.json, as of November 2026).
 */
const ofAz: readonly Row[] = [
  [
    'Ubuntu2404',
    'Ubuntu 24.04 LTS',
    'Canonical:ubuntu-24_04-lts:server:latest',
    'Canonical:ubuntu-24_04-lts:server-arm64:latest',
  ],
  ['Ubuntu2404Pro', 'Ubuntu Pro 24.04 LTS', 'Canonical:ubuntu-24_04-lts:ubuntu-pro:latest'],
  [
    'Ubuntu2204',
    'Ubuntu 22.04 LTS',
    'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest',
    'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64:latest',
  ],
  ['Debian11', 'Debian 11', 'Debian:debian-11:11-backports-gen2:latest'],
  ['FlatcarLinuxFreeGen2', 'Flatcar Container Linux', 'kinvolk:flatcar-container-linux-free:stable-gen2:latest'],
  ['OpenSuseLeap154Gen2', 'openSUSE Leap 15.4', 'SUSE:openSUSE-leap-15-4:gen2:latest'],
  ['RHELRaw8LVMGen2', 'Red Hat Enterprise Linux 8', 'RedHat:RHEL:8-lvm-gen2:latest'],
  ['SuseSles15SP5', 'SUSE Linux Enterprise Server 15 SP5', 'SUSE:sles-15-sp5:gen2:latest'],
];

/** What az has no name for yet, named in its manner: https://documentation.ubuntu.com/azure, https://wiki.debian.org/Cloud/MicrosoftAzure, https://wiki.almalinux.org/cloud/Azure.html */
const ours: readonly Row[] = [
  [
    'Ubuntu2604',
    'Ubuntu 26.04 LTS',
    'Canonical:ubuntu-26_04-lts:server:latest',
    'Canonical:ubuntu-26_04-lts:server-arm64:latest',
  ],
  ['Debian13', 'Debian 13', 'Debian:debian-13:13-gen2:latest', 'Debian:debian-13:13-arm64:latest'],
  ['Debian12', 'Debian 12', 'Debian:debian-12:12-gen2:latest', 'Debian:debian-12:12-arm64:latest'],
  [
    'AlmaLinux9',
    'AlmaLinux 9',
    'almalinux:almalinux-x86_64:9-gen2:latest',
    'almalinux:almalinux-arm:9-arm-gen2:latest',
  ],
  ['RockyLinux9', 'Rocky Linux 9', 'resf:rockylinux-x86_64:9-base:latest'],
  ['RHEL9', 'Red Hat Enterprise Linux 9', 'RedHat:RHEL:9-lvm-gen2:latest'],
  ['SuseSles15SP6', 'SUSE Linux Enterprise Server 15 SP6', 'SUSE:sles-15-sp6:gen2:latest'],
  ['OpenSuseLeap156', 'openSUSE Leap 15.6', 'SUSE:opensuse-leap-15-6:gen2:latest'],
  [
    'AzureLinux3',
    'Azure Linux 3',
    'MicrosoftCBLMariner:azure-linux-3:azure-linux-3-gen2:latest',
    'MicrosoftCBLMariner:azure-linux-3:azure-linux-3-arm64:latest',
  ],
];

const alias =
  (isFromAz: boolean) =>
  ([name, title, urn, arm64Urn]: Row): ImageAlias => ({ name, urn, arm64Urn, title, isFromAz });

/** All short names, by name. */
export const imageAliases: readonly ImageAlias[] = [...ofAz.map(alias(true)), ...ours.map(alias(false))].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

/** The alias of that name, whatever its case. */
export function findImageAlias(name: string): ImageAlias | undefined {
  return imageAliases.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
