import type { ResourceSku } from '@azure/arm-compute';
import { squeezeLocation } from './location-name.ts';
import type { EphemeralPlacement, SizeFacts } from './size-facts.ts';

const MIB = 1024;
const placements: readonly EphemeralPlacement[] = ['CacheDisk', 'ResourceDisk', 'NvmeDisk'];

/**
 * Reads one item of Microsoft.Compute/skus as that region has it. Undefined for what is no virtual machine, and for one that is
 * not in the region.
 */
export function parseSize(sku: ResourceSku, location: string): SizeFacts | undefined {
  const { name, family } = sku;
  if (sku.resourceType?.toLowerCase() !== 'virtualmachines' || name === undefined || family === undefined)
    return undefined;
  const isHere = (place: string | undefined) => place !== undefined && squeezeLocation(place) === location;
  const here = sku.locationInfo?.find((info) => isHere(info.location));
  if (here === undefined && sku.locations?.some(isHere) !== true) return undefined;

  const told = new Map(sku.capabilities?.map((one) => [one.name ?? '', one.value ?? '']));
  const count = (capability: string, otherwise = 0): number => {
    const value = Number(told.get(capability) || Number.NaN);
    return Number.isFinite(value) ? value : otherwise;
  };
  const can = (capability: string): boolean => told.get(capability)?.toLowerCase() === 'true';
  const words = (capability: string): string[] => (told.get(capability) ?? '').split(/\s*,\s*/).filter(Boolean);

  const vCpus = count('vCPUs');
  const generations = words('HyperVGenerations');
  const controllers = words('DiskControllerTypes');
  const closed = restrictions(sku, isHere);
  const zones = here?.zones ?? [];
  return {
    name,
    family,
    vCpus,
    vCpusAvailable: count('vCPUsAvailable', vCpus),
    memoryGiB: count('MemoryGB'),
    architecture: told.get('CpuArchitectureType')?.toLowerCase() === 'arm64' ? 'Arm64' : 'x64',
    generations: generations.length === 0 ? ['V1'] : generations,
    diskControllers: controllers.length === 0 ? ['SCSI'] : controllers,
    maximumDataDisks: count('MaxDataDiskCount'),
    temporaryDiskGiB: count('MaxResourceVolumeMB') / MIB,
    cacheGiB: count('CachedDiskBytes') / MIB ** 3,
    nvmeGiB: count('NvmeDiskSizeInMiB') / MIB,
    ephemeralPlacements: ephemeral(can('EphemeralOSDiskSupported'), words('SupportedEphemeralOSDiskPlacements')),
    gpus: count('GPUs'),
    isBurstable: /^standard_b\d/i.test(name),
    hasPremiumStorage: can('PremiumIO'),
    hasAcceleratedNetworking: can('AcceleratedNetworkingEnabled'),
    hasEncryptionAtHost: can('EncryptionAtHostSupported'),
    // learn.microsoft.com, "Trusted Launch for Azure virtual machines": generation 2, unless TrustedLaunchDisabled is True.
    hasTrustedLaunch: generations.includes('V2') && !can('TrustedLaunchDisabled'),
    hasUltraDisks:
      can('UltraSSDAvailable') ||
      (here?.zoneDetails ?? []).some(({ capabilities }) =>
        capabilities?.some((one) => one.name === 'UltraSSDAvailable' && one.value?.toLowerCase() === 'true'),
      ),
    isSpotCapable: can('LowPriorityCapable'),
    retirement: day(told.get('RetirementDateUtc')),
    zones: zones.filter((zone) => !closed.zones.includes(zone)).sort(),
    closedZones: zones.filter((zone) => closed.zones.includes(zone)).sort(),
    restriction: closed.reason,
  };
}

/** Sizes of before the capability was split say only that they have ephemeral OS disks: in the cache. */
function ephemeral(isSupported: boolean, named: readonly string[]): EphemeralPlacement[] {
  if (!isSupported) return [];
  return named.length === 0 ? ['CacheDisk'] : placements.filter((placement) => named.includes(placement));
}

function restrictions(
  { restrictions: all = [] }: ResourceSku,
  isHere: (place: string | undefined) => boolean,
): { reason: SizeFacts['restriction']; zones: readonly string[] } {
  const here = all.filter(
    ({ values, restrictionInfo }) => values?.some(isHere) || restrictionInfo?.locations?.some(isHere),
  );
  const whole = here.find(({ type }) => type !== 'Zone');
  return {
    reason: whole && (whole.reasonCode === 'QuotaId' ? 'QuotaId' : 'NotAvailableForSubscription'),
    zones: here.flatMap(({ type, restrictionInfo }) => (type === 'Zone' ? (restrictionInfo?.zones ?? []) : [])),
  };
}

/** `05/01/2028` as `2028-05-01`. */
function day(text: string | undefined): string | undefined {
  const [, month, date, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month}-${date}`;
}
