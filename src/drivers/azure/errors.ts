import { isRestError } from '@azure/core-rest-pipeline';
import { ArmError, type ArmErrorKind } from '../../errors/arm-error.ts';
import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import { ConnectionError } from '../../errors/connection-error.ts';
import { LoginError } from '../../errors/login-error.ts';
import type { ArmFailure } from './arm-failure.ts';
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

interface Meaning {
  readonly codes: RegExp;
  /** Where a code has many meanings: the one that Azure's text speaks of. */
  readonly text?: RegExp;
  readonly kind: ArmErrorKind;
  readonly why: (deed: Deed) => string;
  readonly next?: 'another-size' | 'another-image' | 'another-label' | 'sign-in';
}

/** Azure's codes and what they mean to the user; a code that is not here is told in Azure's words. */
const meanings: readonly Meaning[] = [
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

/**
 * Turns what a call to Azure threw into the error that the user meets. Errors that are already azdock's pass unchanged.
 */
export function azureError(error: unknown, failure: ArmFailure | undefined, deed: Deed): Error {
  if (error instanceof AzdockError) return error;
  if (failure === undefined) return networkError(error, deed);
  if (failure.code === 'PARSE_ERROR')
    return new ConnectionError(`Azure's answer to ${deed.doing} cannot be read: it is no JSON.`, {
      cause: error,
      resource: deed.resource,
    });
  const azure = { ...failure };
  if (failure.status === 401)
    return new LoginError(`Azure does not accept this login (${failure.code}).`, {
      azure,
      cause: error,
      resource: deed.resource,
      nextSteps: [{ label: 'Sign in again', command: 'az login' }],
    });
  const meaning = meanings.find(({ codes, text }) => codes.test(failure.code) && (text?.test(failure.message) ?? true));
  const why = meaning?.why(deed) ?? firstSentence(failure.message);
  return new ArmError(
    `Azure cannot ${deed.doing}: ${why} (${failure.code}).`,
    meaning?.kind ?? kindOf(failure),
    azure,
    {
      cause: error,
      resource: deed.resource,
      nextSteps: nextSteps(meaning?.next, deed),
    },
  );
}

function nextSteps(next: Meaning['next'], { machine, doing }: Deed): NextStep[] {
  const cleanUp = { label: 'Clean up', command: `azdock rm ${machine}` };
  const steps: Record<NonNullable<Meaning['next']>, NextStep[]> = {
    'another-size': [
      cleanUp,
      { label: 'Then another size', command: `azdock create ${machine} --azure-size Standard_B2as_v2` },
      { label: 'Or another region', command: `azdock create ${machine} --azure-location northeurope` },
    ],
    'another-image': [
      cleanUp,
      {
        label: 'Then another image',
        command: `azdock create ${machine} --azure-image Canonical:ubuntu-24_04-lts:server:latest`,
      },
    ],
    'another-label': [
      cleanUp,
      { label: 'Then another label', command: `azdock create ${machine} --azure-dns ${machine}-2` },
    ],
    'sign-in': [{ label: 'Sign in as someone else', command: 'az login' }],
  };
  if (next !== undefined) return steps[next];
  return /^create /.test(doing) ? [cleanUp] : [];
}

function kindOf({ status }: ArmFailure): ArmErrorKind {
  return status === 403 ? 'forbidden' : 'other';
}

/** Azure's texts run to pages; the first sentence is the fact. */
function firstSentence(message: string): string {
  const [line = ''] = message.trim().split(/\r?\n/);
  const end = line.search(/\.(\s|$)/);
  return (end === -1 ? line : line.slice(0, end)) || 'it does not say why';
}

function networkError(error: unknown, deed: Deed): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  // A credential that fails throws its own kinds of errors, which login.ts has turned into a LoginError before.
  if (!isRestError(error)) return error;
  const host = URL.canParse(error.request?.url ?? '') ? new URL(error.request?.url ?? '').host : 'Azure';
  return new ConnectionError(`Azure cannot be reached to ${deed.doing}: ${host}: ${error.message}`, {
    cause: error,
    resource: deed.resource,
  });
}
