import { AzdockError } from './azdock-error.ts';

/** A program of this computer that the user named cannot be started. The exit code is the one that shells give then. */
export class ProgramError extends AzdockError {
  readonly code = 'program';
  readonly exitCode = 127;
}
