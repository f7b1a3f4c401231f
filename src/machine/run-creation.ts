import type { Journal } from '../drivers/creation.ts';
import { runSteps } from '../steps/run-steps.ts';
import type { Store } from '../store/store.ts';
import type { CreatedMachine } from './create-request.ts';
import { type CreateState, createSteps } from './create-steps.ts';
import { type CreateJob, createWork } from './create-work.ts';
import { machineUrl } from './machine-url.ts';
import { creationFailure } from './resume/creation-failure.ts';
import type { RollbackChoice } from './resume/roll-back.ts';

/** A creation that is on record, and whose machine is locked. */
export interface CreationRun extends CreateJob {
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly startedMs: number;
  /** Removes what an earlier run has left and what cannot be kept. */
  readonly clearAway?: ((journal: Journal) => Promise<void>) | undefined;
  /** What becomes of what was made, should it fail. */
  readonly rollback: RollbackChoice;
}

/**
 * Makes what the machine needs, as far as it is not there.
 * @throws ArmError, ProvisionError, and what else can happen on the way, with what exists now and what to do
 */
export async function runCreation(run: CreationRun): Promise<CreatedMachine> {
  const { id, request, context, store, machine, startedMs, hasHost } = run;
  const { name } = request;
  const timings: Record<string, number> = {};
  const work = createWork(run);
  const state: CreateState = {
    name,
    id,
    journal: await store.journal(name),
    progress: context.progress,
    onChange: () => work.follow(state, { title() {}, detail() {} }, context.signal),
    sshPublicKey: undefined,
    customData: undefined,
    address: undefined,
    alternativeAddresses: [],
    provisioner: run.chosen.name,
    provisioning: undefined,
    engineVersion: undefined,
  };
  try {
    await run.clearAway?.(state.journal);
    await runSteps({
      steps: createSteps(machine.driver, work, { isForeign: machine.host !== undefined, hasHost }),
      context: state,
      progress: context.progress,
      signal: context.signal,
      onDone: (id, elapsedMs) => {
        timings[id] = Math.round(elapsedMs);
      },
    });
  } catch (error) {
    await markFailed(store, name);
    throw await creationFailure(error, { ...run, journal: state.journal });
  }
  const { address, provisioner, engineVersion } = state;
  if (address === undefined || engineVersion === undefined) {
    throw new TypeError('all steps of the creation are done, but it is not complete');
  }
  await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'ready', provisioner, timings }));
  const url = machineUrl(await store.load(name), address, context);
  const elapsedMs = context.clock.now() - startedMs;
  return { name, url, address, engineVersion, provisioner, elapsedMs };
}

async function markFailed(store: Store, name: string): Promise<void> {
  // The record says the rest; a full disk here must not hide why the creation failed.
  await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'failed' })).catch(() => {});
}
