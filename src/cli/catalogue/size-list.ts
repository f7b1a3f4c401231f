import type { SizeOffer } from '../../machine/catalogue.ts';
import { tabulate } from '../table.ts';

/** What a size can do, in words that `--filter feature=` takes. */
export function sizeFeatures(size: SizeOffer): readonly string[] {
  const words: readonly (readonly [boolean, string])[] = [
    [size.isBurstable, 'burstable'],
    [size.isSpotCapable, 'spot'],
    [size.hasTrustedLaunch, 'trusted-launch'],
    [size.ephemeralPlacements.length > 0, 'ephemeral'],
    [size.hasPremiumStorage, 'premium'],
    [size.hasAcceleratedNetworking, 'accelerated-networking'],
    [size.hasEncryptionAtHost, 'encryption-at-host'],
    [size.hasUltraDisks, 'ultra'],
    [size.gpus > 0, 'gpu'],
    [size.nvmeGiB > 0, 'nvme'],
  ];
  return words.flatMap(([has, word]) => (has ? [word] : []));
}

/** Features that decide which size to take; nearly all sizes have the others. */
const telling = new Set(['burstable', 'spot', 'ephemeral', 'gpu', 'nvme']);

/** The table that `sizes` prints. @param withObstacles adds why a size cannot be had */
export function sizeTable(sizes: readonly SizeOffer[], withObstacles: boolean): string {
  const reason = (words: string) => (withObstacles ? [words] : []);
  const rows = sizes.map((size) => [
    size.name,
    String(size.vCpusAvailable),
    `${size.memoryGiB} GiB`,
    size.architecture,
    size.zones.join(' ') || '-',
    size.quota === undefined ? '-' : String(size.quota.left),
    ...reason(size.obstacle?.words ?? '-'),
    features(size) || '-',
  ]);
  return tabulate([
    ['NAME', 'VCPUS', 'MEMORY', 'ARCH', 'ZONES', 'QUOTA LEFT', ...reason('NOT AVAILABLE'), 'FEATURES'],
    ...rows,
  ]);
}

function features(size: SizeOffer): string {
  return [
    ...sizeFeatures(size).filter((word) => telling.has(word)),
    ...(size.hasTrustedLaunch ? [] : ['no Trusted Launch']),
    ...(size.retirement === undefined ? [] : [`retires ${size.retirement}`]),
  ].join(', ');
}

/** The same as JSON, with stable keys. */
export function sizeDocument(sizes: readonly SizeOffer[]): object[] {
  return sizes.map((size) => ({
    name: size.name,
    family: size.family,
    vcpus: size.vCpusAvailable,
    quotaVcpus: size.vCpus,
    memoryGiB: size.memoryGiB,
    architecture: size.architecture,
    generations: size.generations,
    zones: size.zones,
    closedZones: size.closedZones,
    features: sizeFeatures(size),
    ephemeralPlacements: size.ephemeralPlacements,
    maxDataDisks: size.maximumDataDisks,
    temporaryDiskGiB: size.temporaryDiskGiB,
    cacheGiB: size.cacheGiB,
    nvmeGiB: size.nvmeGiB,
    gpus: size.gpus,
    retirement: size.retirement ?? null,
    quota: size.quota ?? null,
    available: size.obstacle === undefined,
    reason: size.obstacle?.kind ?? null,
    reasonText: size.obstacle?.words ?? null,
  }));
}
