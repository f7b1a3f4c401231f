import { AzdockError } from './azdock-error.ts';

/** Not everything that was to be copied could be; the details name what was left out. */
export class CopyError extends AzdockError {
  readonly code = 'copy';
  readonly exitCode = 1;
}
