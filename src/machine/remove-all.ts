import { CancelledError } from '../errors/cancelled-error.ts';
import { namedProgress } from '../steps/named-progress.ts';
import { openStore } from '../store/store.ts';
import type { HostFate } from './adopt/let-go.ts';
import type { MachineContext } from './machine-context.ts';
import { type RemovedMachine, removeMachine } from './remove.ts';

export interface RemoveAllRequest {
  readonly names: readonly string[];
  readonly force: boolean;
  /** Of hosts that were there before their machines. @defaultValue they stay as they are */
  readonly fate?: HostFate;
}

/** What became of the machines; a failure of one does not keep the others. */
export interface RemovedMachines {
  readonly removed: readonly string[];
  readonly failures: readonly unknown[];
}

/** Removes machines side by side. @throws the signal's reason when the user interrupts */
export async function removeAll(request: RemoveAllRequest, context: MachineContext): Promise<RemovedMachines> {
  const { force, fate } = request;
  const names = [...new Set(request.names)];
  const store = openStore(context.storePath, context.clock);
  const contextFor = (name: string): MachineContext =>
    names.length === 1 ? context : { ...context, progress: namedProgress(context.progress, name) };
  const results = await Promise.allSettled(
    names.map((name) =>
      removeMachine({ name, force, ...(fate === undefined ? {} : { fate }) }, store, contextFor(name)),
    ),
  );
  const done = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  if (context.signal.aborted) throw interrupted(context.signal.reason, names, done);
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
  const problems = done.map(({ problem }) => problem).filter((problem) => problem !== undefined);
  const removed = done.filter(({ existed }) => existed).map(({ name }) => name);
  return { removed, failures: [...failed, ...problems] };
}

/** What was interrupted can be done again: each removal has written down how far it came. */
function interrupted(reason: unknown, names: readonly string[], done: readonly RemovedMachine[]): unknown {
  if (!(reason instanceof CancelledError)) return reason;
  const left = names.filter((name) => !done.some((one) => one.name === name));
  const gone = done.filter(({ existed }) => existed).map(({ name }) => name);
  return new CancelledError(reason.message, {
    details: [
      ...(gone.length === 0 ? [] : [`${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} removed.`]),
      ...(left.length === 0 ? [] : [`Not wholly removed: ${left.join(', ')}.`]),
    ],
    nextSteps: left.length === 0 ? [] : [{ label: 'Go on', command: `azdock rm ${left.join(' ')}` }],
    cause: reason,
  });
}
