import { CancelledError } from '../errors/cancelled-error.ts';
import { joinErrors } from '../errors/several-errors.ts';
import type { CreatedMachines } from '../machine/create.ts';
import type { CreatedMachine } from '../machine/create-request.ts';
import { duration } from './duration.ts';
import { failureDocument } from './errors.ts';

/** One line on a machine that is ready. */
export function createdLine({ name, engineVersion, url, elapsedMs }: CreatedMachine): string {
  if (engineVersion === null) return `${name} stands for the engine at ${url}.`;
  return `${name} is running Docker ${engineVersion} at ${url} after ${duration(elapsedMs)}.`;
}

/** Several machines as one document: those that are there, and why others are not. */
export function createdDocument({ created, failed }: CreatedMachines, debugging: boolean): object {
  return {
    created,
    failed: failed.map(({ name, error }) => ({ name, ...failureDocument(error, 'create', debugging) })),
  };
}

/** What the command ends with when machines could not be made; undefined when all could. */
export function creationError({ failed }: CreatedMachines): unknown {
  if (failed.length === 0) return undefined;
  const errors = [...new Set(failed.map(({ error }) => error))];
  const cancelled = errors.filter((error) => error instanceof CancelledError);
  // An interruption is told once, with what there is of each machine.
  if (cancelled.length < 2) return joinErrors(errors);
  const others = errors.filter((error) => !cancelled.some((one) => one === error));
  return joinErrors([
    new CancelledError(cancelled[0]?.message ?? 'Interrupted.', {
      details: cancelled.flatMap(({ details }) => details),
      nextSteps: cancelled.flatMap(({ nextSteps }) => nextSteps),
    }),
    ...others,
  ]);
}
