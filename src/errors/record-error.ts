import { AzdockError } from './azdock-error.ts';

/** A record cannot be read: broken, not ours, or written by a newer version. */
export class RecordError extends AzdockError {
  readonly code = 'record';
  readonly exitCode = 1;
}
