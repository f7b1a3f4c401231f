import { ArmProblem } from '../arm/problem.ts';
import type { Route } from '../arm/route.ts';
import { locations } from '../resources/locations.ts';
import { restrictionsOf, sizesOf, zonesWith } from './size-availability.ts';
import type { Size } from './sizes.ts';

const truth = (value: boolean): string => (value ? 'True' : 'False');

/** Capabilities by Azure's names and in its spelling: numbers as text, `True` and `False`, lists with commas. */
function capabilities(size: Size): Readonly<Record<string, string>> {
  return {
    MaxResourceVolumeMB: String(size.temporaryDiskMiB),
    OSVhdSizeMB: '1047552',
    vCPUs: String(size.vCpus),
    MemoryPreservingMaintenanceSupported: truth(size.gpus === 0),
    HyperVGenerations: size.generations.join(','),
    // Left out by sizes from before there was a choice.
    ...(size.diskControllers.includes('NVMe') ? { DiskControllerTypes: size.diskControllers.join(',') } : {}),
    ...(size.ephemeralPlacements.length === 0
      ? {}
      : { SupportedEphemeralOSDiskPlacements: size.ephemeralPlacements.join(',') }),
    MemoryGB: String(size.memoryMiB / 1024),
    MaxDataDiskCount: String(size.maximumDataDisks),
    CpuArchitectureType: size.architecture,
    LowPriorityCapable: truth(size.lowPriority),
    PremiumIO: truth(size.premiumStorage),
    VMDeploymentTypes: 'IaaS',
    vCPUsAvailable: String(size.vCpusAvailable),
    ...(size.gpus === 0 ? {} : { GPUs: String(size.gpus) }),
    ...(size.cacheMiB === 0 ? {} : { CachedDiskBytes: String(size.cacheMiB * 1024 * 1024) }),
    ...(size.nvmeMiB === 0 ? {} : { NvmeDiskSizeInMiB: String(size.nvmeMiB) }),
    ...(size.retirement === undefined ? {} : { RetirementDateUtc: size.retirement }),
    EphemeralOSDiskSupported: truth(size.ephemeralPlacements.length > 0),
    EncryptionAtHostSupported: truth(size.encryptionAtHost),
    CapacityReservationSupported: 'False',
    // Only ever `True`. Sizes without generation 2 do not have it, for they cannot have Trusted Launch anyway.
    ...(size.generations.includes('V2') && !size.trustedLaunch ? { TrustedLaunchDisabled: 'True' } : {}),
    AcceleratedNetworkingEnabled: truth(size.acceleratedNetworking),
    RdmaEnabled: 'False',
    MaxNetworkInterfaces: String(size.maximumInterfaces),
  };
}

function renderRestrictions(size: Size, location: string): unknown[] {
  return restrictionsOf(size, location).map((restriction) => ({
    type: restriction.type,
    values: [location],
    restrictionInfo: {
      locations: [location],
      ...(restriction.type === 'Zone' ? { zones: restriction.zones } : {}),
    },
    reasonCode: 'NotAvailableForSubscription',
  }));
}

function render(size: Size, location: string): unknown {
  const zones = zonesWith(size, location);
  const ultra = { name: 'UltraSSDAvailable', value: truth(size.ultraDisks) };
  const named = Object.entries(capabilities(size)).map(([name, value]) => ({ name, value }));
  return {
    resourceType: 'virtualMachines',
    name: size.name,
    tier: size.tier,
    size: size.name.replace(/^(Standard|Basic)_/, ''),
    family: size.family,
    locations: [location],
    locationInfo: [
      {
        location,
        zones,
        // Ultra disks are told of zone by zone where there are zones.
        zoneDetails: zones.length > 0 && size.ultraDisks ? [{ name: zones, capabilities: [ultra] }] : [],
      },
    ],
    capabilities: named,
    restrictions: renderRestrictions(size, location),
  };
}

export const skuRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus',
    family: 'skus',
    answer(call) {
      const filter = call.query.get('$filter');
      const found = filter === null ? undefined : /^location eq '([^']+)'$/i.exec(filter.trim())?.[1];
      if (filter !== null && found === undefined)
        throw new ArmProblem(
          400,
          'InvalidFilterInQueryString',
          `Invalid $filter '${filter}' specified in the query string.`,
        );
      const wanted = locations.filter(({ name }) => found === undefined || name === found.toLowerCase());
      return {
        status: 200,
        body: { value: wanted.flatMap(({ name }) => sizesOf(name).map((size) => render(size, name))) },
      };
    },
  },
];
