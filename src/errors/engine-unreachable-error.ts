import { AzdockError } from './azdock-error.ts';

/** The engine does not answer, or not as the engine that the certificates belong to. */
export class EngineUnreachableError extends AzdockError {
  readonly code = 'engine-unreachable';
  readonly exitCode = 1;
}
