import { AzdockError } from './azdock-error.ts';

/** The user interrupted the command. */
export class CancelledError extends AzdockError {
  readonly code = 'cancelled';
  readonly exitCode = 130;
}
