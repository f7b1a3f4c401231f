import type { NextStep } from '../../errors/azdock-error.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { MachineExistsError } from '../../errors/machine-exists-error.ts';
import type { Store } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { begunWork, unfinishedSteps } from '../unfinished-work.ts';
import type { UnfinishedMachine } from './require-unfinished.ts';
import { whatExists } from './what-exists.ts';

/** Why a machine of that name cannot be made: how far the one that is there has come, what of it is billed, and what can be done. */
export async function existingMachine(
  name: string,
  store: Store,
  context: MachineContext,
): Promise<MachineExistsError> {
  const status: NextStep = { label: 'How it stands', command: `azdock status ${name}` };
  const remove: NextStep = { label: 'Remove it', command: `azdock rm ${name}` };
  const holder = store.lockHolder(name);
  if (holder !== undefined)
    return new MachineExistsError(
      name,
      [status],
      [`Another azdock is at work on it: process ${holder.pid}, since ${holder.since}.`],
    );
  const machine = await store.load(name).catch((error: unknown) => {
    if (error instanceof AzdockError) return error;
    throw error;
  });
  if (machine instanceof AzdockError) return new MachineExistsError(name, machine.nextSteps, [machine.message]);
  switch (machine.sidecar?.phase) {
    case 'creating':
    case 'failed':
      return unfinished({ ...machine, sidecar: machine.sidecar }, store, context);
    case 'removing':
      return new MachineExistsError(name, [remove], ['Its removal did not finish.']);
    default:
      return new MachineExistsError(name, [status, remove]);
  }
}

async function unfinished(
  machine: UnfinishedMachine,
  store: Store,
  context: MachineContext,
): Promise<MachineExistsError> {
  const { sidecar } = machine;
  const { driverOf } = await import('../open-driver.ts');
  const name = machine.record.Name;
  const driver = await driverOf(machine, { ...context, interactive: false });
  const exists = await whatExists(driver, await store.journal(name), context.signal);
  const details = [`Its ${begunWork(sidecar)} did not finish.`, ...(exists === undefined ? [] : [exists])];
  return new MachineExistsError(name, unfinishedSteps(name, sidecar), details);
}
