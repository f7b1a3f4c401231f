import type { Meaning } from '../arm-meanings.ts';

/** No room, no quota, or too high a price. */
export const capacityMeanings: readonly Meaning[] = [
  {
    codes: /^(SpotPriceGreaterThanProvidedMaxPrice|OperationNotAllowed)$/,
    text: /max price .* (is )?lower than the current spot price/i,
    kind: 'capacity',
    why: ({ options }, text) =>
      `a Spot ${options.size} costs ${/current spot price '?([\d.]+)/i.exec(text)?.[1] ?? 'more'} US dollars an hour, and the most to pay is ${options.spotMaxPrice ?? 'less'}`,
    next: 'higher-price',
  },
  {
    codes: /^(AzureSpotIsNotSupportedForThisVMSize|AzureSpotFeatureNotEnabledForSubscription|OperationNotAllowed)$/,
    // learn.microsoft.com, "Error messages for Azure Spot Virtual Machines and scale sets".
    text: /spot (feature )?is not (supported for this vm size|enabled)|not enabled with azure spot/i,
    kind: 'other',
    why: ({ options }) => `Azure does not sell ${options.size} as Spot to this subscription`,
    next: 'without-spot',
  },
  {
    codes: /^(SkuNotAvailable|(Zonal)?AllocationFailed|Overconstrained(Zonal)?AllocationRequest)$/,
    when: ({ options }) => options.spot,
    kind: 'capacity',
    why: ({ options }) => `${options.location} has no Spot place for a ${options.size} at the moment`,
    next: 'without-spot',
  },
  {
    codes: /^(ZonalAllocationFailed|OverconstrainedZonalAllocationRequest|SkuNotAvailable)$/,
    when: ({ options }) => options.availabilityZone !== undefined,
    kind: 'capacity',
    why: ({ options }) =>
      `zone ${options.availabilityZone} of ${options.location} has no room for a ${options.size} at the moment`,
    next: 'another-zone',
  },
  {
    codes: /^SkuNotAvailable$/,
    kind: 'capacity',
    why: ({ options }) => `${options.size} is sold out in ${options.location} for this subscription`,
    next: 'another-size',
  },
  {
    codes: /^Overconstrained(Zonal)?AllocationRequest$/,
    kind: 'capacity',
    why: ({ options }) =>
      `${options.location} has no room for a ${options.size} where availability set, proximity placement group and network want it`,
    next: 'another-size',
  },
  {
    codes: /^(Zonal)?AllocationFailed$/,
    kind: 'capacity',
    why: ({ options }) => `${options.location} has no room for a ${options.size} at the moment`,
    next: 'another-size',
  },
  {
    codes: /^(OperationNotAllowed|QuotaExceeded)$/,
    text: /(low ?priority|spot).*quota|quota.*(low ?priority|spot)/i,
    kind: 'quota',
    why: ({ options }) =>
      `a ${options.size} more would exceed this subscription's quota of Spot cores in ${options.location}`,
    next: 'without-spot',
  },
  {
    codes: /^(OperationNotAllowed|QuotaExceeded)$/,
    text: /quota/i,
    kind: 'quota',
    why: ({ options }) =>
      `a ${options.size} more would exceed this subscription's quota of cores in ${options.location}`,
    next: 'another-size',
  },
  {
    codes: /(CountLimitReached|QuotaExceeded)$/,
    kind: 'quota',
    why: ({ options }) => `this subscription's quota in ${options.location} is used up`,
  },
];
