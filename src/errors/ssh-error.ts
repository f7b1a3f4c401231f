import { AzdockError } from './azdock-error.ts';

/** SSH to the host failed: no connection, refused login, broken session. */
export class SshError extends AzdockError {
  readonly code = 'ssh';
  readonly exitCode = 1;
}
