import { AzdockError } from './azdock-error.ts';

/** The command line, a flag, an environment variable or a file given by the user cannot be used. Nothing was done. */
export class UsageError extends AzdockError {
  readonly code = 'usage';
  readonly exitCode = 2;
}
