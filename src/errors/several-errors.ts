import { AzdockError } from './azdock-error.ts';

/** Several machines failed, each in its own way. Carries every message; the exit code is the first failure's. */
export class SeveralErrors extends AzdockError {
  readonly code = 'several';
  readonly exitCode: number;

  constructor(errors: readonly AzdockError[]) {
    const [first, ...others] = errors;
    super(first?.message ?? 'Nothing failed.', {
      details: [...(first?.details ?? []), ...others.flatMap((error) => [error.message, ...error.details])],
      nextSteps: errors.flatMap(({ nextSteps }) => nextSteps),
      ...(first?.azure === undefined ? {} : { azure: first.azure }),
      cause: first,
    });
    this.exitCode = first?.exitCode ?? 1;
  }
}

/** One error out of many: the only one, or all of them. What is no {@link AzdockError}, a bug, comes first and alone. */
export function joinErrors(failures: readonly unknown[]): unknown {
  const bug = failures.find((failure) => !(failure instanceof AzdockError));
  if (bug !== undefined || failures.length === 1) return bug ?? failures[0];
  return new SeveralErrors(failures.filter((failure) => failure instanceof AzdockError));
}
