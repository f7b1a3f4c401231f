import { AzdockError } from './azdock-error.ts';

/** The store holds no machine of that name. Worded as docker-machine words it: scripts match the text. */
export class MachineNotFoundError extends AzdockError {
  readonly code = 'machine-not-found';
  readonly exitCode = 4;

  constructor(name: string) {
    super(
      `Docker machine "${name}" does not exist. Use "azdock ls" to list machines. Use "azdock create" to add a new one.`,
      { resource: name },
    );
  }
}
