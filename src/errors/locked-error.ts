import { AzdockError } from './azdock-error.ts';

/** Another azdock process holds a lock for too long. */
export class LockedError extends AzdockError {
  readonly code = 'locked';
  readonly exitCode = 8;
}
