import { namedProgress } from '../steps/named-progress.ts';
import { openStore } from '../store/store.ts';
import type { MachineContext } from './machine-context.ts';
import { removeMachine } from './remove.ts';

export interface RemoveAllRequest {
  readonly names: readonly string[];
  readonly force: boolean;
}

/** What became of the machines; a failure of one does not keep the others. */
export interface RemovedMachines {
  readonly removed: readonly string[];
  readonly failures: readonly unknown[];
}

/** Removes machines side by side. @throws the signal's reason when the user interrupts */
export async function removeAll(request: RemoveAllRequest, context: MachineContext): Promise<RemovedMachines> {
  const { force } = request;
  const names = [...new Set(request.names)];
  const store = openStore(context.storePath, context.clock);
  const contextFor = (name: string): MachineContext =>
    names.length === 1 ? context : { ...context, progress: namedProgress(context.progress, name) };
  const results = await Promise.allSettled(
    names.map((name) => removeMachine({ name, force }, store, contextFor(name))),
  );
  context.signal.throwIfAborted();
  const done = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
  const problems = done.map(({ problem }) => problem).filter((problem) => problem !== undefined);
  const removed = done.filter(({ existed }) => existed).map(({ name }) => name);
  return { removed, failures: [...failed, ...problems] };
}
