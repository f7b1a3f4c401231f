import { AzdockError, type AzureDetails, type ErrorFacts } from './azdock-error.ts';

/**
 * Why Azure refused, as far as the user's next step depends on it.
 * `capacity`, `quota` and `policy` exit with 7, `forbidden` with 6, `other` with 1.
 */
export type ArmErrorKind = 'capacity' | 'quota' | 'policy' | 'forbidden' | 'other';

/** Azure refused a request, or a long-running operation of Azure failed. */
export class ArmError extends AzdockError {
  readonly code = 'azure';
  readonly exitCode: number;
  readonly kind: ArmErrorKind;

  constructor(message: string, kind: ArmErrorKind, azure: AzureDetails, facts: Omit<ErrorFacts, 'azure'> = {}) {
    super(message, { ...facts, azure });
    this.kind = kind;
    this.exitCode = kind === 'forbidden' ? 6 : kind === 'other' ? 1 : 7;
  }
}
