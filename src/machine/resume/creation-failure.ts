import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import type { Journal } from '../../drivers/creation.ts';
import type { MachineContext } from '../machine-context.ts';
import type { NewMachine } from '../new-machine.ts';
import type { Store } from '../../store/store.ts';
import { suspectWay } from '../suspect-way.ts';
import { stepsAfterRemoval, stepsAnew, stepsGoingOn } from './next-steps.ts';
import { type Rollback, type RollbackChoice, rollBack } from './roll-back.ts';
import { whatExists } from './what-exists.ts';

export interface FailedCreation {
  readonly request: { readonly name: string };
  readonly machine: NewMachine;
  readonly store: Store;
  readonly context: MachineContext;
  readonly journal: Journal;
  readonly rollback: RollbackChoice;
}

/**
 * Takes a creation that has failed back, where that is wanted, and says so; else says what exists now, how to go on and how to get rid
 * of it. The error keeps its class, code and text.
 */
export async function creationFailure(failure: unknown, failed: FailedCreation): Promise<unknown> {
  const { request, machine, store, context, journal, rollback: choice } = failed;
  const { name } = request;
  const { driver } = machine;
  const stored = await store.load(name);
  const error = failure instanceof AzdockError ? suspectWay(failure, stored) : failure;
  const rollback = await rollBack(error, { name, choice, driver, journal, store, context });
  if (!(error instanceof AzdockError)) return tellOfBug(error, name, rollback, context);
  if (rollback.outcome === 'done')
    return withFacts(error, removedLine(name, rollback), stepsAnew(error.nextSteps, name));
  const exists = await whatExists(driver, journal, context.signal);
  const details = [...problemLines(name, rollback), ...(exists === undefined ? [] : [exists])];
  const { nextSteps } = error;
  const isHalfRemoved = rollback.outcome === 'failed';
  const steps = isHalfRemoved ? stepsAfterRemoval(nextSteps, name) : stepsGoingOn(nextSteps, stored.record);
  return withFacts(error, details, steps);
}

function removedLine(name: string, { removed }: Extract<Rollback, { outcome: 'done' }>): string[] {
  if (removed.length === 0) return [`Nothing was made of ${name}.`];
  return [`${removed.join(', ')} ${removed.length === 1 ? 'was' : 'were'} removed again; nothing of ${name} is left.`];
}

function problemLines(name: string, rollback: Rollback): string[] {
  if (rollback.outcome !== 'failed') return [];
  const { problem } = rollback;
  const why = problem instanceof Error ? problem.message : String(problem);
  const more = problem instanceof AzdockError ? problem.details : [];
  return [`What was made of ${name} could not be removed again: ${why}`, ...more];
}

function withFacts(error: AzdockError, details: readonly string[], nextSteps: readonly NextStep[]): AzdockError {
  return Object.defineProperties(error, {
    details: { value: [...error.details, ...details], enumerable: true },
    nextSteps: { value: nextSteps, enumerable: true },
  });
}

/** A bug has no room for what exists, but the user has to know. */
function tellOfBug(error: unknown, name: string, rollback: Rollback, { progress }: MachineContext): unknown {
  if (rollback.outcome === 'done') progress.info(removedLine(name, rollback).join(' '));
  else progress.warn([...problemLines(name, rollback), `azdock rm ${name} removes what exists.`].join(' '));
  return error;
}
