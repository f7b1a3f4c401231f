import { AzdockError } from './azdock-error.ts';

/** The store directory cannot be used as needed: permissions, disk space, a file in the way. */
export class StoreError extends AzdockError {
  readonly code = 'store';
  readonly exitCode = 1;
}
