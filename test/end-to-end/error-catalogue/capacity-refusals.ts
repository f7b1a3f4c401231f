import type { RefusalCase } from './refusal-case.ts';

const SPOT = ['--azure-spot', '--azure-size', 'Standard_D2as_v5'];

/** No room, no quota, or too high a price. In the order of the catalogue. */
export const capacityRefusals: readonly RefusalCase[] = [
  {
    code: 'OperationNotAllowed',
    text: "since the provided max price '0.00001 USD' is lower than the current spot price",
    flags: [...SPOT, '--azure-spot-max-price', '0.00001'],
  },
  {
    code: 'AzureSpotFeatureNotEnabledForSubscription',
    text: 'Subscription not enabled with Azure Spot Virtual Machine feature.',
    flags: SPOT,
    at: 'VM',
  },
  {
    code: 'AzureSpotIsNotSupportedForThisVMSize',
    text: 'Azure Spot is not supported for this VM size Standard_D2as_v5.',
    flags: SPOT,
    at: 'VM',
    isKept: true,
  },
  {
    code: 'SkuNotAvailable',
    text: 'is currently not available in location',
    flags: ['--azure-spot', '--azure-size', 'Standard_E2s_v5'],
  },
  {
    code: 'ZonalAllocationFailed',
    text: 'Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.',
    flags: ['--azure-availability-zone', '2'],
    at: 'VM operation',
  },
  {
    code: 'SkuNotAvailable',
    text: 'is currently not available in location',
    flags: ['--azure-size', 'Standard_E2s_v5'],
    isKept: true,
  },
  {
    code: 'OverconstrainedAllocationRequest',
    text: 'Allocation failed. VM(s) with the following constraints cannot be allocated, because the condition is too restrictive.',
    flags: ['--azure-proximity-placement-group', 'near'],
    at: 'VM operation',
  },
  {
    code: 'AllocationFailed',
    text: 'Allocation failed. We do not have sufficient capacity for the requested VM size in this region.',
    at: 'VM operation',
    isKept: true,
  },
  {
    code: 'OperationNotAllowed',
    text: 'Operation could not be completed as it results in exceeding approved LowPriorityCores quota.',
    flags: SPOT,
    at: 'VM',
  },
  {
    code: 'OperationNotAllowed',
    text: 'Operation could not be completed as it results in exceeding approved standardBsv2Family Cores quota.',
    at: 'VM',
  },
  {
    code: 'PublicIPCountLimitReached',
    text: 'Cannot create more than 1000 public IP addresses for this subscription in this region.',
    status: 400,
    at: 'public IP',
  },
];
