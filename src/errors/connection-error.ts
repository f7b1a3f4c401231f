import { AzdockError } from './azdock-error.ts';

/** A service on the network, other than the engine, could not be reached. */
export class ConnectionError extends AzdockError {
  readonly code = 'connection';
  readonly exitCode = 1;
}
