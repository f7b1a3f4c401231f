import type { ArmErrorKind } from '../../errors/arm-error.ts';
import type { AzureOptions } from './options.ts';

/** What azdock was about to do, for the sentence about why it could not. */
export interface Deed {
  /** As a verb with its object: "create virtual machine dev". */
  readonly doing: string;
  /** The Azure resource's name or id. */
  readonly resource: string;
  readonly machine: string;
  readonly options: Pick<AzureOptions, 'size' | 'location' | 'image' | 'dnsLabel'>;
}

/** What one of Azure's codes means to the user. */
export interface Meaning {
  readonly codes: RegExp;
  /** Where a code has many meanings: the one that Azure's text speaks of. */
  readonly text?: RegExp;
  readonly kind: ArmErrorKind;
  readonly why: (deed: Deed) => string;
  readonly next?: 'another-size' | 'another-image' | 'another-label' | 'sign-in';
}

/** Azure's codes and what they mean to the user; a code that is not here is told in Azure's words. */
export const meanings: readonly Meaning[] = [
  {
    codes: /^SkuNotAvailable$/,
    kind: 'capacity',
    why: ({ options }) => `${options.size} is sold out in ${options.location} for this subscription`,
    next: 'another-size',
  },
  {
    codes: /^(Zonal)?AllocationFailed$|^Overconstrained(Zonal)?AllocationRequest$/,
    kind: 'capacity',
    why: ({ options }) => `${options.location} has no room for a ${options.size} at the moment`,
    next: 'another-size',
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
  {
    codes: /^(RequestDisallowedByPolicy|RequestDisallowedByAzure|ScopeLocked|ReadOnlyDisabledSubscription)$/,
    kind: 'policy',
    why: () => 'a policy or lock of this subscription forbids it',
  },
  {
    codes: /^(LinkedAuthorizationFailed|AuthorizationFailed|Forbidden)$/,
    kind: 'forbidden',
    why: () => 'this login may not do that here; it needs the role Contributor on the resource group',
    next: 'sign-in',
  },
  {
    codes: /^(PlatformImageNotFound|ImageNotFound)$/,
    kind: 'other',
    why: ({ options }) => `${options.location} has no image ${options.image}`,
    next: 'another-image',
  },
  {
    codes: /^(DnsRecordInUse|DnsRecordIsReserved)$/,
    kind: 'other',
    why: ({ options }) => `the DNS label ${options.dnsLabel ?? ''} is taken in ${options.location}`,
    next: 'another-label',
  },
  {
    codes: /^(SubscriptionNotFound|InvalidSubscriptionId)$/,
    kind: 'other',
    why: () => 'the subscription does not exist, or this login cannot see it',
    next: 'sign-in',
  },
  {
    codes: /^Invalid(ResourceGroup|Resource)Location$/,
    kind: 'other',
    why: ({ options }) => `something of that name exists in another region than ${options.location}`,
  },
  {
    codes: /^OSProvisioning(TimedOut|ClientError)$/,
    kind: 'other',
    why: () => 'its operating system did not come up in time',
  },
];
