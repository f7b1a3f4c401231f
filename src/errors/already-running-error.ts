import { AzdockError } from './azdock-error.ts';

/** The machine that is to be started runs. Worded as docker-machine words it: programs match `already running`. */
export class AlreadyRunningError extends AzdockError {
  readonly code = 'already-running';
  readonly exitCode = 1;

  constructor(name: string) {
    super(`Machine "${name}" is already running.`, { resource: name });
  }
}
