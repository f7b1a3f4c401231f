import type { Answer } from './scripted-azure.ts';

export interface SkuWords {
  readonly name: string;
  readonly family: string;
  readonly vCpus?: number;
  readonly memoryGiB?: number;
  readonly zones?: readonly string[];
  readonly capabilities?: Readonly<Record<string, string>>;
  /** `all`, or zones. */
  readonly closed?: 'all' | readonly string[];
}

/** One item of Microsoft.Compute/skus in westeurope, in Azure's words. */
export function sku({ name, family, vCpus = 2, memoryGiB = 8, zones = ['1', '2', '3'], ...more }: SkuWords): object {
  const told = {
    vCPUs: String(vCpus),
    MemoryGB: String(memoryGiB),
    HyperVGenerations: 'V1,V2',
    CpuArchitectureType: 'x64',
    LowPriorityCapable: 'True',
    ...more.capabilities,
  };
  const restriction = (type: string, info: object) => ({
    type,
    values: ['westeurope'],
    restrictionInfo: { locations: ['westeurope'], ...info },
    reasonCode: 'NotAvailableForSubscription',
  });
  return {
    resourceType: 'virtualMachines',
    name,
    family,
    locations: ['westeurope'],
    locationInfo: [{ location: 'westeurope', zones, zoneDetails: [] }],
    capabilities: Object.entries(told).map(([key, value]) => ({ name: key, value })),
    restrictions:
      more.closed === undefined
        ? []
        : more.closed === 'all'
          ? [restriction('Location', {})]
          : [restriction('Zone', { zones: more.closed })],
  };
}

export function skus(items: readonly object[]): Answer {
  // Azure lists disks, snapshots and hosts along with the sizes.
  return { status: 200, body: { value: [{ resourceType: 'disks', name: 'Premium_LRS', family: 'x' }, ...items] } };
}

/** Usages of Microsoft.Compute, as `[name, used, limit]`. */
export function usages(...rows: readonly (readonly [name: string, used: number, limit: number])[]): Answer {
  return {
    status: 200,
    body: {
      value: rows.map(([value, currentValue, limit]) => ({ name: { value }, currentValue, limit, unit: 'Count' })),
    },
  };
}
