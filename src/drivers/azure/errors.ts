import { isRestError } from '@azure/core-rest-pipeline';
import { ArmError, type ArmErrorKind } from '../../errors/arm-error.ts';
import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import { ConnectionError } from '../../errors/connection-error.ts';
import { LoginError } from '../../errors/login-error.ts';
import type { ArmFailure } from './arm-failure.ts';
import { type Deed, type Meaning, meanings } from './arm-meanings.ts';

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
