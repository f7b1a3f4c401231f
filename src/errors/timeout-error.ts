import { AzdockError } from './azdock-error.ts';

/** Something that was waited for did not happen in time. */
export class TimeoutError extends AzdockError {
  readonly code = 'timeout';
  readonly exitCode = 8;
}
