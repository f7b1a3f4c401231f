import type { TaggedMachine } from '../../drivers/azure/attach/find-machines.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import { namedProgress } from '../../steps/named-progress.ts';
import { requireNewName } from '../../store/layout.ts';
import type { JournalEntry, Sidecar } from '../../store/sidecar.ts';
import { openStore, type Store } from '../../store/store.ts';
import type { Outcome } from '../act-on-all.ts';
import type { MachineContext } from '../machine-context.ts';
import { existingMachine } from '../resume/existing-machine.ts';
import type { AttachedMachine } from './attach-report.ts';
import type { Subscription } from './find-attachable.ts';
import { gainShare } from './gain-share.ts';
import { readMachine } from './read-machine.ts';

/** How long another azdock may be at work on a machine of the same name. */
const LOCK_DEADLINE_MS = 10_000;

/**
 * Makes records of machines that are there, and gets access to them: a key and a client certificate of one's own, while those of others
 * stay. A machine that is attached already gets its access anew.
 *
 * @returns what became of each; a failure of one does not keep the others
 * @throws the signal's reason when the user interrupts
 */
export async function attachMachines(
  machines: readonly TaggedMachine[],
  subscription: Subscription,
  context: MachineContext,
): Promise<Outcome<AttachedMachine>> {
  const store = openStore(context.storePath, context.clock);
  const contextFor = (name: string): MachineContext =>
    machines.length === 1 ? context : { ...context, progress: namedProgress(context.progress, name) };
  const results = await Promise.allSettled(
    machines.map((machine) => attachOne(machine, subscription, store, contextFor(machine.name))),
  );
  context.signal.throwIfAborted();
  return {
    done: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    failures: results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : [])),
  };
}

async function attachOne(
  tagged: TaggedMachine,
  subscription: Subscription,
  store: Store,
  context: MachineContext,
): Promise<AttachedMachine> {
  const { name } = tagged;
  requireNewName(name);
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    const before = (await store.exists(name)) ? await ownRecord(tagged, store, context) : undefined;
    const isForeign = before?.attached ?? (tagged.storeId === undefined || tagged.storeId !== subscription.storeId);
    const read = await context.progress.step(`What Azure has of ${name}`, () =>
      readMachine(tagged, { subscription, store, context }),
    );
    const sidecar: Sidecar = {
      ...read.sidecar,
      ...(before === undefined ? {} : { createdAt: before.createdAt, journal: mergedJournal(before, read.sidecar) }),
      ...(isForeign ? { attached: true } : {}),
    };
    if (before === undefined) await store.create(name, read.record, sidecar);
    else {
      await store.saveRecord(name, read.record);
      await store.saveSidecar(name, sidecar);
    }
    const gained = await gainShare({ name, read, isForeign, store, context });
    return { name, isForeign, ...gained };
  });
}

/**
 * The record of the same machine.
 * @throws MachineExistsError for any other machine of that name; UnsupportedError for one that this store made and has
 */
async function ownRecord(tagged: TaggedMachine, store: Store, context: MachineContext): Promise<Sidecar> {
  const { name, id } = tagged;
  const { sidecar } = await store.load(name);
  if (sidecar?.id !== id) throw await existingMachine(name, store, context);
  if (sidecar.attached === true || sidecar.phase === 'creating') return sidecar;
  throw new UnsupportedError(`${name} is a machine of this store already.`, {
    resource: name,
    nextSteps: [{ label: 'Put its engine right', command: `azdock provision ${name}` }],
  });
}

function mergedJournal(before: Sidecar, { journal }: Sidecar): JournalEntry[] {
  const isKnown = ({ id }: JournalEntry) => before.journal.some((entry) => entry.id.toLowerCase() === id.toLowerCase());
  return [...before.journal, ...journal.filter((entry) => !isKnown(entry))];
}
