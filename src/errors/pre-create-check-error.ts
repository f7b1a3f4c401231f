import { AzdockError } from './azdock-error.ts';

/** A check before creation failed. Nothing was made, in the store or in Azure. */
export class PreCreateCheckError extends AzdockError {
  readonly code = 'pre-create-check';
  readonly exitCode = 3;
}
