import type { Journal } from '../../drivers/creation.ts';
import type { Driver } from '../../drivers/driver.ts';
import type { Store } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { removeHeld } from '../remove-held.ts';
import { journaled, whatExists } from './what-exists.ts';

/** Whether a creation that fails is taken back. */
export interface RollbackChoice {
  /** Or who is asked, once it has failed, with a sentence on what exists. */
  readonly onFailure: boolean | ((failure: unknown, exists: string | undefined) => Promise<boolean>);
  /** Nobody can be asked when the user, or the system, wants the command to end. */
  readonly onInterrupt: boolean;
}

/** As docker-machine: what was made stays. */
export const keepRemains: RollbackChoice = { onFailure: false, onInterrupt: false };

/** How a rollback ended. */
export type Rollback =
  | { readonly outcome: 'none' }
  /** Nothing is left, not even the record. */
  | { readonly outcome: 'done'; readonly removed: readonly string[] }
  | { readonly outcome: 'failed'; readonly problem: unknown };

export interface RollbackJob {
  readonly name: string;
  readonly choice: RollbackChoice;
  readonly driver: Driver;
  readonly journal: Journal;
  readonly store: Store;
  readonly context: MachineContext;
}

/** Removes the machine whose creation has just failed, as `rm` does, where that is wanted. The caller holds its lock. Never throws. */
export async function rollBack(failure: unknown, job: RollbackJob): Promise<Rollback> {
  const { name, driver, journal, store } = job;
  try {
    if (!(await isWanted(failure, job))) return { outcome: 'none' };
    // What was interrupted is taken back all the same; a second interruption ends the process.
    const context = job.context.signal.aborted ? { ...job.context, signal: new AbortController().signal } : job.context;
    context.progress.info(`Removing what was made of ${name}.`);
    const before = journaled(journal);
    await removeHeld({ name, driver, store, context });
    return { outcome: 'done', removed: before };
  } catch (problem) {
    return { outcome: 'failed', problem };
  }
}

async function isWanted(failure: unknown, { choice, context, driver, journal }: RollbackJob): Promise<boolean> {
  if (context.signal.aborted) return choice.onInterrupt;
  const { onFailure } = choice;
  if (typeof onFailure === 'boolean') return onFailure;
  // An interruption of the question is no yes.
  return onFailure(failure, await whatExists(driver, journal, context.signal)).catch(() => false);
}
