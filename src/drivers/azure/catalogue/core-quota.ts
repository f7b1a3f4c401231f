import type { Usage } from '@azure/arm-compute';

/** How many vCPUs a quota allows, and how many are in use. */
export interface Quota {
  readonly limit: number;
  readonly used: number;
  /** Never below 0. */
  readonly left: number;
}

/** Quotas of a region. What Azure does not tell of is not known to be limited. */
export interface CoreQuotas {
  /** vCPUs of all families together, but for Spot. */
  readonly regional: Quota | undefined;
  /** vCPUs of Spot VMs, whatever their family. */
  readonly spot: Quota | undefined;
  family(name: string): Quota | undefined;
}

/** Reads the list of usages of Microsoft.Compute. */
export function parseQuotas(usages: readonly Usage[]): CoreQuotas {
  const quotas = new Map(
    usages.map(({ name, limit, currentValue }) => [
      (name.value ?? '').toLowerCase(),
      { limit, used: currentValue, left: Math.max(0, limit - currentValue) },
    ]),
  );
  return {
    regional: quotas.get('cores'),
    spot: quotas.get('lowprioritycores'),
    family: (name) => quotas.get(name.toLowerCase()),
  };
}

/** For a login that may not read usages: no limit is known. */
export const unknownQuotas: CoreQuotas = { regional: undefined, spot: undefined, family: () => undefined };
