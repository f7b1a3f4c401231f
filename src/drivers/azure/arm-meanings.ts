import type { ArmErrorKind } from '../../errors/arm-error.ts';
import { capacityMeanings } from './meanings/capacity.ts';
import { machineMeanings } from './meanings/machine.ts';
import type { Remedy } from './next-steps.ts';
import type { AzureOptions } from './options.ts';

/** What azdock was about to do, for the sentence about why it could not. */
export interface Deed {
  /** As a verb with its object: "create virtual machine dev". */
  readonly doing: string;
  /** The Azure resource's name or id. */
  readonly resource: string;
  readonly machine: string;
  readonly options: Pick<
    AzureOptions,
    'size' | 'location' | 'image' | 'dnsLabel' | 'availabilityZone' | 'spot' | 'spotMaxPrice' | 'bootDiagnostics'
  >;
}

/** What one of Azure's codes means to the user. */
export interface Meaning {
  readonly codes: RegExp;
  /** Where a code has many meanings: the one that Azure's text speaks of. */
  readonly text?: RegExp;
  /** Where it depends on what was asked for. */
  readonly when?: (deed: Deed) => boolean;
  readonly kind: ArmErrorKind;
  /** @param text Azure's own words */
  readonly why: (deed: Deed, text: string) => string;
  readonly next?: Remedy;
}

/** The meaning of a code; undefined for one that is best told in Azure's words. */
export function findMeaning(code: string, text: string, deed: Deed): Meaning | undefined {
  return meanings.find((one) => one.codes.test(code) && (one.text?.test(text) ?? true) && (one.when?.(deed) ?? true));
}

/** What is told of any resource, whatever it is. */
const commonMeanings: readonly Meaning[] = [
  {
    codes: /^(RequestDisallowedByPolicy|RequestDisallowedByAzure|ScopeLocked|ReadOnlyDisabledSubscription)$/,
    kind: 'policy',
    why: (_deed, text) => {
      const name = /"policyAssignment":\s*\{\s*"name":\s*"([^"]+)"/.exec(text)?.[1];
      return name === undefined ? 'a policy or lock of this subscription forbids it' : `policy "${name}" forbids it`;
    },
  },
  {
    codes: /^LinkedAuthorizationFailed$/,
    text: /userAssignedIdentities/i,
    kind: 'forbidden',
    why: () => 'this login may not give that identity to a machine; it needs the role Managed Identity Operator on it',
    next: 'sign-in',
  },
  {
    codes: /^(LinkedAuthorizationFailed|AuthorizationFailed|Forbidden)$/,
    kind: 'forbidden',
    why: () => 'this login may not do that here; it needs the role Contributor on the resource group',
    next: 'sign-in',
  },
  {
    codes: /^(DnsRecordInUse|DnsRecordIsReserved)$/,
    kind: 'other',
    why: ({ options }) => `the DNS label ${options.dnsLabel ?? ''} is taken in ${options.location}`,
    next: 'another-label',
  },
  {
    codes: /^SecurityRule(InvalidAddressPrefix|ParameterContainsUnsupportedValue)$/,
    kind: 'other',
    why: () => 'it knows no such address or service tag as a source (--azure-allow-from)',
    next: 'another-source',
  },
  {
    codes: /^(SubnetIsFull|PrivateIPAddressInUse|PrivateIPAddressNotInSubnet)$/,
    kind: 'other',
    why: () => 'the subnet has no such address free',
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
];

/** The first that fits is taken. */
export const meanings: readonly Meaning[] = [...capacityMeanings, ...commonMeanings, ...machineMeanings];
