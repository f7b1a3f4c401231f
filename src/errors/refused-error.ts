import { AzdockError } from './azdock-error.ts';

/** Refused on purpose: protected, or not confirmed. */
export class RefusedError extends AzdockError {
  readonly code = 'refused';
  readonly exitCode = 10;
}
