import { AzdockError, type NextStep } from './azdock-error.ts';

/** The store already holds something under that name. */
export class MachineExistsError extends AzdockError {
  readonly code = 'machine-exists';
  readonly exitCode = 5;

  constructor(name: string, nextSteps: readonly NextStep[] = [], details: readonly string[] = []) {
    super(`Docker machine "${name}" already exists`, { resource: name, nextSteps, details });
  }
}
