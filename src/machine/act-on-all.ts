import { joinErrors } from '../errors/several-errors.ts';
import { namedProgress } from '../steps/named-progress.ts';
import type { StoredMachine } from '../store/load.ts';
import { openStore, type Store } from '../store/store.ts';
import type { MachineContext } from './machine-context.ts';
import { suspectWay } from './suspect-way.ts';
import { withNextStep } from './with-next-step.ts';

/** How long another azdock may be at work on one of the machines, such as a creation. */
const LOCK_DEADLINE_MS = 600_000;

/** A machine that a command works on, while no other azdock does. */
export interface HeldMachine {
  readonly name: string;
  readonly machine: StoredMachine;
  readonly store: Store;
  /** With the machine's name before each line of progress when there are several. */
  readonly context: MachineContext;
}

/** What became of several machines; a failure of one does not keep the others. */
export interface Outcome<T> {
  readonly done: readonly T[];
  readonly failures: readonly unknown[];
}

/**
 * Does the same to several machines at once, by docker-machine's rules: all are read first, and when one cannot be read nothing
 * is done to any; then each has its turn whatever happens to the others. A name given twice counts once.
 *
 * @throws what could not be read, joined; the signal's reason when the user interrupts
 */
export async function actOnAll<T>(
  names: readonly string[],
  context: MachineContext,
  act: (held: HeldMachine) => Promise<T>,
): Promise<Outcome<T>> {
  const store = openStore(context.storePath, context.clock);
  const each = [...new Set(names)];
  const read = await Promise.allSettled(each.map((name) => store.load(name)));
  const unreadable = reasons(read);
  if (unreadable.length > 0) throw joinErrors(unreadable);

  const results = await Promise.allSettled(each.map((name) => hold(name)));
  context.signal.throwIfAborted();
  return {
    done: results.filter((result) => result.status === 'fulfilled').map(({ value }) => value),
    // What several of them waited for in vain is told once.
    failures: [...new Set(reasons(results))],
  };

  async function actOn(held: HeldMachine): Promise<T> {
    try {
      return await act(held);
    } catch (error) {
      throw withNextStep(suspectWay(error, held.machine), held.name);
    }
  }

  function hold(name: string): Promise<T> {
    const own = each.length === 1 ? context : { ...context, progress: namedProgress(context.progress, name) };
    const onWait = () => context.progress.info(`Another azdock is at work on ${name}; waiting for it.`);
    return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal, onWait }, async () =>
      actOn({ name, machine: await store.load(name), store, context: own }),
    );
  }
}

function reasons(results: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
}
