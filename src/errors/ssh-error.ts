import { AzdockError, type ErrorFacts } from './azdock-error.ts';

/**
 * Why SSH failed: `refused` and `unreachable` before a connection, `timeout` without an answer, `authentication` when the host
 * does not take the key, `key` when our own key cannot be used, `closed` when the connection ended early, else `other`.
 */
export type SshFailure = 'refused' | 'unreachable' | 'timeout' | 'authentication' | 'key' | 'closed' | 'other';

/** SSH to the host failed: no connection, refused login, broken session. */
export class SshError extends AzdockError {
  readonly code = 'ssh';
  /** 1; 255 where a command stands for `ssh` itself, which has no other code for this (ssh(1), "EXIT STATUS"). */
  readonly exitCode: number;
  readonly failure: SshFailure;

  constructor(message: string, facts: ErrorFacts & { readonly failure?: SshFailure; readonly exitCode?: 255 } = {}) {
    super(message, facts);
    this.failure = facts.failure ?? 'other';
    this.exitCode = facts.exitCode ?? 1;
  }
}
