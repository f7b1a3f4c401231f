import { rememberedProvisioning } from '../provision/remembered.ts';
import type { Sidecar } from '../store/sidecar.ts';
import type { CreatedMachine } from './create-request.ts';
import type { MachineContext } from './machine-context.ts';
import { newRecord } from './new-record.ts';
import type { Preparation, PreparedMachine } from './prepare-creation.ts';
import type { RollbackChoice } from './resume/roll-back.ts';
import { runCreation } from './run-creation.ts';

/** How long another azdock may be at work on a machine of the same name. */
const LOCK_DEADLINE_MS = 10_000;

export interface Making {
  readonly preparation: Preparation;
  readonly rollback: RollbackChoice;
  readonly context: MachineContext;
}

/**
 * Makes a machine that has passed the checks. The record is on disk before the first resource is asked for, and each resource's id
 * before the request that makes it: whatever happens, `rm` finds everything.
 *
 * @throws MachineExistsError; ArmError, ProvisionError, and what else can happen on the way, with what exists now and what to do
 */
export async function makeMachine(
  prepared: PreparedMachine,
  { preparation, rollback, context }: Making,
): Promise<CreatedMachine> {
  const { request, id, storeId, machine, hostKey } = prepared;
  const { store, chosen } = preparation;
  const { name } = request;
  const keys = await machine.keys();
  const record = newRecord(request, keys.driver, context);
  // What azdock chose may still be given up for another; what the user chose holds for the next attempt too.
  const isOpen = machine.provisioner === 'auto' && chosen.name === 'docker-extension';
  const sidecar: Sidecar = {
    version: 1,
    id,
    ...(storeId === undefined ? {} : { store: storeId }),
    phase: 'creating',
    createdAt: new Date().toISOString(),
    journal: [],
    ...(keys.sidecar === undefined ? {} : { driver: keys.sidecar }),
    ...(isOpen ? {} : { provisioner: chosen.name }),
    ...(hostKey === undefined ? {} : { hostKey }),
    provision: rememberedProvisioning(prepared.draft),
  };
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    await store.create(name, record, sidecar);
    return runCreation({ ...preparation, ...prepared, record, context, rollback, isResumed: false, hasHost: false });
  });
}
