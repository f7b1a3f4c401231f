import { CancelledError } from '../errors/cancelled-error.ts';
import { namedProgress } from '../steps/named-progress.ts';
import { openStore } from '../store/store.ts';
import type { CreateRequest, CreatedMachine } from './create-request.ts';
import type { MachineContext } from './machine-context.ts';
import { makeMachine } from './make-machine.ts';
import { hasHost, prepareCreation, requireNames } from './prepare-creation.ts';
import { keepRemains, type RollbackChoice } from './resume/roll-back.ts';

export interface CreateHow {
  /** What becomes of what was made, should a creation fail. @defaultValue it stays */
  readonly rollback?: RollbackChoice;
}

/** What became of machines that were to be made together. */
export interface CreatedMachines {
  readonly created: readonly CreatedMachine[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

/**
 * Makes a machine.
 *
 * @throws UsageError, MachineExistsError, PreCreateCheckError, LoginError before anything is made; ArmError, ProvisionError, and
 *   what else can happen on the way, with what exists now and what to do
 */
export async function createMachine(
  request: CreateRequest,
  context: MachineContext,
  { rollback = keepRemains }: CreateHow = {},
): Promise<CreatedMachine> {
  const { origin } = request;
  if (origin.driver === 'none') {
    const startedMs = context.clock.now();
    const store = openStore(context.storePath, context.clock);
    await requireNames([request.name], store, context);
    const { writeDownUrl } = await import('./write-down-url.ts');
    return writeDownUrl(request, origin.options, { store, context, startedMs });
  }
  const preparation = await prepareCreation([{ ...request, origin }], context, { isDryRun: false });
  const [prepared] = preparation.machines;
  if (prepared === undefined) throw new TypeError('a machine was prepared and is not there');
  return makeMachine(prepared, { preparation, rollback, context });
}

/**
 * Makes several machines at once. All are checked before the first is made; from then on a failure of one does not keep the others.
 *
 * @param how.onCreated called with each machine as soon as it is ready
 * @throws what {@link createMachine} throws before anything is made
 */
export async function createMachines(
  requests: readonly CreateRequest[],
  context: MachineContext,
  { rollback = keepRemains, onCreated }: CreateHow & { onCreated(machine: CreatedMachine): Promise<void> },
): Promise<CreatedMachines> {
  const hosted = requests.filter(hasHost);
  if (hosted.length < requests.length) throw new TypeError('several machines are made where each has a host');
  const preparation = await prepareCreation(hosted, context, { isDryRun: false });
  const created: CreatedMachine[] = [];
  const failed: CreatedMachines['failed'][number][] = [];
  await Promise.all(
    preparation.machines.map(async (prepared) => {
      const { name } = prepared.request;
      const progress = namedProgress(context.progress, name);
      try {
        const own = { ...context, progress, signal: ownSignal(context.signal) };
        const made = await makeMachine(prepared, { preparation, rollback, context: own });
        await onCreated(made);
        created.push(made);
      } catch (error) {
        failed.push({ name, error });
      }
    }),
  );
  const inOrder = <T extends { readonly name: string }>(list: readonly T[]) =>
    requests.flatMap(({ name }) => list.filter((one) => one.name === name));
  return { created: inOrder(created), failed: inOrder(failed) };
}

/** The user interrupts all, but each machine tells of it in its own words: an error is changed on its way. */
function ownSignal(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  const abort = () => {
    const { reason } = signal;
    own.abort(reason instanceof CancelledError ? new CancelledError(reason.message) : reason);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return own.signal;
}
