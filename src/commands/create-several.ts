import type { AzdockCommand } from '../cli/base-command.ts';
import { type CreateNames, inTypedWords } from '../cli/create-names.ts';
import { createdDocument, createdLine, creationError } from '../cli/created-machines.ts';
import { AzdockError } from '../errors/azdock-error.ts';
import type { CreateRequest } from '../machine/create-request.ts';
import type { RollbackChoice } from '../machine/resume/roll-back.ts';

export interface SeveralMachines {
  readonly names: CreateNames;
  readonly requests: readonly CreateRequest[];
  readonly rollback: RollbackChoice;
  /** What else is to be done with each as soon as it is ready. */
  afterEach(name: string): Promise<void>;
}

/**
 * Makes several machines and reports each as soon as it is ready; then fails for those that could not be made. With `--json` there is
 * one document at the end, of both.
 *
 * @throws what the checks throw, when nothing was made; else why machines could not be made, joined
 */
export async function createSeveral(
  command: AzdockCommand,
  { names, requests, rollback, afterEach }: SeveralMachines,
): Promise<void> {
  const { json, progress, stdoutIsTerminal, stderrIsTerminal } = command.context;
  // Between the live steps of the others on one terminal, a line has to go where they are drawn.
  const isShared = stdoutIsTerminal && stderrIsTerminal;
  const { createMachines } = await import('../machine/create.ts');
  const made = await createMachines(requests, command.context, {
    rollback,
    async onCreated(machine) {
      await afterEach(machine.name);
      if (json) return;
      if (isShared) progress.info(createdLine(machine));
      else await command.print(createdLine(machine));
    },
  }).catch((error: unknown) => {
    throw inTypedWords(error, names);
  });
  const error = creationError(made);
  const isDocument = json && (error === undefined || error instanceof AzdockError);
  if (isDocument) await command.printJson(createdDocument(made, command.context.debugging));
  if (error === undefined) return;
  if (!(isDocument && error instanceof AzdockError)) throw error;
  command.endLike(command.context.interrupted ?? error.exitCode);
}
