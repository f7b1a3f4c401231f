import { AzdockError } from './azdock-error.ts';

/** The command needs a running machine, and this one is not. */
export class NotRunningError extends AzdockError {
  readonly code = 'not-running';
  readonly exitCode = 1;
}
