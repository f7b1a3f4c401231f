import { AzdockError } from './azdock-error.ts';

/** No Azure login worked, or the one that did may not do this. */
export class LoginError extends AzdockError {
  readonly code = 'login';
  readonly exitCode = 6;
}
