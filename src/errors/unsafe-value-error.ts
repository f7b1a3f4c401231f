import { AzdockError } from './azdock-error.ts';

/** A value cannot be written for the chosen shell without a risk that the shell executes or changes it. */
export class UnsafeValueError extends AzdockError {
  readonly code = 'unsafe-value';
  readonly exitCode = 1;
}
