import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import type { Journal } from '../../drivers/driver.ts';
import type { MachineContext } from '../machine-context.ts';
import type { NewMachine } from '../new-machine.ts';
import type { Store } from '../../store/store.ts';
import { suspectWay } from '../suspect-way.ts';
import { unfinishedSteps } from '../unfinished-work.ts';
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

/** What of a machine can only be another in a creation that begins anew. */
const FIXED_FROM_THE_START =
  /^azdock create .* --azure-(location|resource-group|vnet|subnet|environment|subscription-id) /;

/**
 * Takes a creation that has failed back, where that is wanted, and says so; else says what exists now, how to go on and how to get rid
 * of it. The error keeps its class, code and text.
 */
export async function creationFailure(failure: unknown, failed: FailedCreation): Promise<unknown> {
  const { request, machine, store, context, journal, rollback: choice } = failed;
  const { name } = request;
  const { driver } = machine;
  const error = failure instanceof AzdockError ? suspectWay(failure, await store.load(name)) : failure;
  const rollback = await rollBack(error, { name, choice, driver, journal, store, context });
  if (!(error instanceof AzdockError)) return tellOfBug(error, name, rollback, context);
  if (rollback.outcome === 'done') return withFacts(error, removedLine(name, rollback), anew(error, name));
  const exists = await whatExists(driver, journal, context.signal);
  const details = [...problemLines(name, rollback), ...(exists === undefined ? [] : [exists])];
  return withFacts(error, details, rollback.outcome === 'failed' ? afterRemoval(error, name) : goingOn(error, name));
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

/** Steps of the error as commands that go on with what is there. What cannot follow it comes after its removal. */
function goingOn({ nextSteps }: AzdockError, name: string): NextStep[] {
  const [goOn, cleanUp] = unfinishedSteps(name);
  const create = `azdock create ${name}`;
  const others = nextSteps.filter(({ command }) => command !== cleanUp?.command && command !== goOn?.command);
  const isAfterRemoval = ({ command }: NextStep) => FIXED_FROM_THE_START.test(`${command} `);
  const resumable = others
    .filter((step) => !isAfterRemoval(step))
    .map(({ label, command }) =>
      command.startsWith(`${create} `)
        ? { label: unchained(label), command: `${create} --resume${command.slice(create.length)}` }
        : { label, command },
    );
  const later = others.filter(isAfterRemoval).map(({ label, command }) => ({ label: chained(label), command }));
  const isOffered = resumable.some(({ command }) => command.startsWith(`${create} --resume`));
  return [...resumable, ...(isOffered || goOn === undefined ? [] : [goOn]), ...(cleanUp ? [cleanUp] : []), ...later];
}

/** Steps of the error once nothing is left: whatever is tried next, it is tried from the start. */
function anew({ nextSteps }: AzdockError, name: string): NextStep[] {
  return nextSteps
    .filter(({ command }) => command !== `azdock rm ${name}` && command !== `azdock provision ${name}`)
    .map(({ label, command }) => ({ label: unchained(label), command: command.replace(' --resume', '') }));
}

/** What is half-removed cannot be gone on with. */
function afterRemoval(error: AzdockError, name: string): NextStep[] {
  const later = anew(error, name).map(({ label, command }) => ({ label: chained(label), command }));
  return [...unfinishedSteps(name, 'removal'), ...later];
}

function unchained(label: string): string {
  const text = label.replace(/^(Then|Or) /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function chained(label: string): string {
  const text = unchained(label);
  return `Then ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
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
