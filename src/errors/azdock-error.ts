/** A whole command that can be pasted, and what it is for. */
export interface NextStep {
  readonly label: string;
  readonly command: string;
  /** Flags, without dashes, that a creation must not have, though the one that failed may have had them. For azdock itself. */
  readonly without?: readonly string[];
}

/** What Azure said about a failure. */
export interface AzureDetails {
  /** Azure's error code, such as `SkuNotAvailable`. */
  readonly code: string;
  /** HTTP status of the answer, absent when a long-running operation failed. */
  readonly status?: number;
  readonly requestId?: string;
  /** ISO 8601, from Azure's clock. */
  readonly timestamp?: string;
  /** Azure's own text, whole. Shown with `--debug` only. */
  readonly message?: string;
}

export interface ErrorFacts {
  readonly nextSteps?: readonly NextStep[];
  /** The machine, file, flag or Azure resource that the error is about. */
  readonly resource?: string;
  readonly azure?: AzureDetails;
  /** Further lines for the user, such as the end of a log. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/** The parent of every error that a user can meet. One place renders them: `cli/`. */
export abstract class AzdockError extends Error {
  /** Stable, for programs: kebab-case. */
  abstract readonly code: string;
  /** The process's exit code, as documented in `docs/exit-codes.md`. */
  abstract readonly exitCode: number;
  readonly nextSteps: readonly NextStep[];
  readonly resource: string | undefined;
  readonly azure: AzureDetails | undefined;
  readonly details: readonly string[];

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.nextSteps = facts.nextSteps ?? [];
    this.resource = facts.resource;
    this.azure = facts.azure;
    this.details = facts.details ?? [];
  }
}
