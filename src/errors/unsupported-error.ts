import { AzdockError } from './azdock-error.ts';

/** The machine, record or service does not offer what was asked. */
export class UnsupportedError extends AzdockError {
  readonly code = 'unsupported';
  readonly exitCode = 1;
}
