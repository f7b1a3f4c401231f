import { AzdockError } from './azdock-error.ts';

/** Docker could not be installed or configured on the host. Carries the host's own output. */
export class ProvisionError extends AzdockError {
  readonly code = 'provision';
  readonly exitCode = 1;
}
