import { AzdockError } from './azdock-error.ts';

/** The sandbox could not be started, reached or used as asked. */
export class SandboxError extends AzdockError {
  readonly code = 'sandbox';
  readonly exitCode = 1;
}
