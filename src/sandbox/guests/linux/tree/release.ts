import type { GuestSpec } from '../../guest-host.ts';
import { file, type TreeEntry } from './tree-entry.ts';

interface Release {
  readonly version: string;
  readonly codename: string;
  readonly title: string;
}

/** Ubuntu's long-term releases that Azure offers (Canonical's image names of November 2026). */
const releases: readonly Release[] = [
  { version: '26.04', codename: 'resolute', title: 'Resolute Raccoon' },
  { version: '24.04', codename: 'noble', title: 'Noble Numbat' },
  { version: '22.04', codename: 'jammy', title: 'Jammy Jellyfish' },
  { version: '20.04', codename: 'focal', title: 'Focal Fossa' },
];
const newest: Release = { version: '24.04', codename: 'noble', title: 'Noble Numbat' };

/**
 * The files by which programs tell which distribution they are on. They name the image that the VM was made of, as far as
 * it is an Ubuntu; underneath the guest is this computer's own distribution, whatever that is.
 */
export function releaseFiles(image: GuestSpec['image']): TreeEntry[] {
  const { version, codename, title } = releaseOf(image);
  const osRelease = [
    `PRETTY_NAME="Ubuntu ${version} LTS"`,
    'NAME="Ubuntu"',
    `VERSION_ID="${version}"`,
    `VERSION="${version} LTS (${title})"`,
    `VERSION_CODENAME=${codename}`,
    'ID=ubuntu',
    'ID_LIKE=debian',
    `UBUNTU_CODENAME=${codename}`,
    '',
  ].join('\n');
  const lsbRelease = [
    'DISTRIB_ID=Ubuntu',
    `DISTRIB_RELEASE=${version}`,
    `DISTRIB_CODENAME=${codename}`,
    `DISTRIB_DESCRIPTION="Ubuntu ${version} LTS"`,
    '',
  ].join('\n');
  return [
    file('usr/lib/os-release', osRelease),
    file('etc/os-release', osRelease),
    file('etc/lsb-release', lsbRelease),
    file('etc/issue', `Ubuntu ${version} LTS \\n \\l\n`),
  ];
}

function releaseOf(image: GuestSpec['image']): Release {
  const name = `${image.offer} ${image.sku}`.toLowerCase().replaceAll('.', '_');
  return (
    releases.find(({ version, codename }) => name.includes(codename) || name.includes(version.replace('.', '_'))) ??
    newest
  );
}
