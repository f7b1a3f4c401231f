import { AzdockError } from './azdock-error.ts';

/** Not everything that belongs to a machine could be removed; the message names what is left. */
export class PartialRemovalError extends AzdockError {
  readonly code = 'partial-removal';
  readonly exitCode = 9;
}
