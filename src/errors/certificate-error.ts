import { AzdockError } from './azdock-error.ts';

/** A certificate or key is missing, unreadable, expired, or does not fit its partners. */
export class CertificateError extends AzdockError {
  readonly code = 'certificate';
  readonly exitCode = 1;
}
