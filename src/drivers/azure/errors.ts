import { isRestError } from '@azure/core-rest-pipeline';
import { ArmError, type ArmErrorKind } from '../../errors/arm-error.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { ConnectionError } from '../../errors/connection-error.ts';
import { LoginError } from '../../errors/login-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { DeadlineError } from '../../wait/wait-until.ts';
import type { ArmFailure } from './arm-failure.ts';
import { type Deed, findMeaning } from './arm-meanings.ts';
import { nextSteps, WAY_THERE } from './next-steps.ts';
import { OPERATION_TIMEOUT } from './operation-deadlines.ts';
import { BROKEN_ANSWER } from './retry-policy.ts';

/**
 * Turns what a call to Azure threw into the error that the user meets. Errors that are already azdock's pass unchanged.
 */
export function azureError(error: unknown, failure: ArmFailure | undefined, deed: Deed): Error {
  if (error instanceof AzdockError) return error;
  if (error instanceof DeadlineError) return endless(error, deed);
  if (failure === undefined) return networkError(error, deed);
  if (failure.code === 'PARSE_ERROR') return unreadable(error, deed);
  const azure = { ...failure };
  if (failure.status === 401)
    return new LoginError(`Azure does not accept this login (${failure.code}).`, {
      azure,
      cause: error,
      resource: deed.resource,
      nextSteps: [{ label: 'Sign in again', command: 'az login' }],
    });
  const meaning = findMeaning(failure.code, failure.message, deed);
  const why = meaning?.why(deed, failure.message) ?? firstSentence(failure.message);
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

/** Azure has accepted a request and never said that it is done. */
function endless(error: DeadlineError, deed: Deed): TimeoutError {
  const minutes = Math.round(error.waitedMs / 60_000);
  return new TimeoutError(
    `Azure has worked for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to ${deed.doing}, and is not done.`,
    {
      cause: error,
      resource: deed.resource,
      details: [`${OPERATION_TIMEOUT} says for how many minutes azdock waits.`],
      nextSteps: [
        { label: 'How it stands now', command: `azdock status ${deed.machine}` },
        ...nextSteps(undefined, deed),
      ],
    },
  );
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
  if (!isRestError(error)) return isOfSdk(error) ? misunderstood(error, deed) : error;
  if (error.code === BROKEN_ANSWER) return unreadable(error, deed);
  const host = URL.canParse(error.request?.url ?? '') ? new URL(error.request?.url ?? '').host : 'Azure';
  return new ConnectionError(`Azure cannot be reached to ${deed.doing}: ${host}: ${error.message}`, {
    cause: error,
    resource: deed.resource,
    nextSteps: [...nextSteps(undefined, deed), WAY_THERE],
  });
}

/** What their code throws has no class of its own: the language's, when they meet something else than they take it for. */
function isOfSdk(error: Error): boolean {
  return [Error, TypeError, RangeError, SyntaxError].some((kind) => error.constructor === kind);
}

/** The SDKs take Azure's answers for what they should be, and fail in all sorts of ways where they are not. */
function misunderstood(cause: Error, deed: Deed): ConnectionError {
  return new ConnectionError(`Azure's answer to the request to ${deed.doing} cannot be understood.`, {
    cause,
    resource: deed.resource,
    details: [`${cause.name}: ${cause.message}`],
    nextSteps: nextSteps(undefined, deed),
  });
}

function unreadable(cause: unknown, deed: Deed): ConnectionError {
  return new ConnectionError(`Azure's answer to the request to ${deed.doing} cannot be read: it is no JSON.`, {
    cause,
    resource: deed.resource,
    nextSteps: [...nextSteps(undefined, deed), WAY_THERE],
  });
}
