/**
 * vCPU limits by quota name. F is small, so that a quota can be met; GPUs and the largest have to be asked for, as with Azure
 * (https://learn.microsoft.com/azure/virtual-machines/quotas).
 */
const familyLimits: Readonly<Record<string, number>> = {
  standardFSv2Family: 4,
  standardMSFamily: 0,
  'Standard NCASv3_T4 Family': 0,
  StandardNCADSA100v4Family: 0,
};
const defaultFamilyLimit = 10_000;

/** vCPUs of all families together, but not those of Spot machines. */
export const regionalLimit = 20_000;
/** vCPUs of Spot machines, whatever their family. */
export const lowPriorityLimit = 100;

export function familyLimit(family: string): number {
  return familyLimits[family] ?? defaultFamilyLimit;
}
