import { AzdockError, type ErrorFacts } from './azdock-error.ts';

/**
 * Why the engine cannot be used.
 * - `refused`, `timeout`, `unreachable`, `unknown-host`: nothing accepts a connection there
 * - `closed`, `not-tls`, `not-docker`: something does, and it is no Docker engine with TLS
 * - `server-certificate`: expired, not valid yet, of another CA, or for another name
 * - `client-certificate`: the engine refuses ours
 * - `other`: whatever else went wrong
 */
export type EngineFailure =
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'unknown-host'
  | 'closed'
  | 'not-tls'
  | 'not-docker'
  | 'server-certificate'
  | 'client-certificate'
  | 'other';

/** The engine does not answer, or not as the engine that the certificates belong to. */
export class EngineUnreachableError extends AzdockError {
  readonly code = 'engine-unreachable';
  readonly exitCode = 1;
  readonly failure: EngineFailure;

  constructor(message: string, facts: ErrorFacts & { readonly failure?: EngineFailure } = {}) {
    super(message, facts);
    this.failure = facts.failure ?? 'other';
  }
}
