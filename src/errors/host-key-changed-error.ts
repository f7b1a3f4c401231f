import { AzdockError } from './azdock-error.ts';

/** The host answers with another SSH host key than the one pinned at creation. */
export class HostKeyChangedError extends AzdockError {
  readonly code = 'host-key-changed';
  readonly exitCode = 10;
}
