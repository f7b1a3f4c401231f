import { AzdockError, type ErrorFacts } from './azdock-error.ts';

/**
 * Why SSH failed: `refused` and `unreachable` before a connection, `timeout` without an answer, `authentication` when the host
 * does not take the key, `key` when our own key cannot be used, `closed` when the connection ended early, else `other`.
 */
export type SshFailure = 'refused' | 'unreachable' | 'timeout' | 'authentication' | 'key' | 'closed' | 'other';

/** SSH to the host failed: no connection, refused login, broken session. */
export class SshError extends AzdockError {
  readonly code = 'ssh';
  readonly exitCode = 1;
  readonly failure: SshFailure;

  constructor(message: string, facts: ErrorFacts & { readonly failure?: SshFailure } = {}) {
    super(message, facts);
    this.failure = facts.failure ?? 'other';
  }
}
