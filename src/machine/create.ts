import { randomUUID } from 'node:crypto';
import { AzdockError } from '../errors/azdock-error.ts';
import { checkProvisioning } from '../provision/check-provisioning.ts';
import { runSteps } from '../steps/run-steps.ts';
import { requireNewName } from '../store/layout.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { openStore, type Store } from '../store/store.ts';
import { checkBootData } from './check-boot-data.ts';
import { checkHost } from './check-host.ts';
import { chooseProvisioner } from './choose-provisioner.ts';
import type { CreateRequest, CreatedMachine } from './create-request.ts';
import { type CreateState, createSteps } from './create-steps.ts';
import { createWork } from './create-work.ts';
import { checkAuthority } from './machine-certificates.ts';
import { failedCreation } from './failed-creation.ts';
import type { MachineContext } from './machine-context.ts';
import { machineUrl } from './machine-url.ts';
import { newMachine } from './new-machine.ts';
import { newRecord } from './new-record.ts';
import { RegionMemory } from './region-memory.ts';
import { provisioningDraft } from './provisioning-draft.ts';
import { suspectWay } from './suspect-way.ts';
import { MachineExistsError } from '../errors/machine-exists-error.ts';

/** How long another azdock may be at work on a machine of the same name. */
const LOCK_DEADLINE_MS = 10_000;

/**
 * Makes a machine. The record is on disk before the first resource is asked for, and each resource's id before the request
 * that makes it: whatever happens, `rm` finds everything.
 *
 * @throws UsageError, MachineExistsError, PreCreateCheckError, LoginError before anything is made; ArmError, ProvisionError, and
 *   what else can happen on the way, with what exists now and what to do
 */
export async function createMachine(request: CreateRequest, context: MachineContext): Promise<CreatedMachine> {
  const startedMs = context.clock.now();
  const { name } = request;
  requireNewName(name);
  const store = openStore(context.storePath, context.clock);
  if (await store.exists(name)) throw existing(name);
  const { origin } = request;
  if (origin.driver === 'none') {
    const { writeDownUrl } = await import('./write-down-url.ts');
    return writeDownUrl(request, origin.options, { store, context, startedMs });
  }
  const id = randomUUID();
  const storeId = await storeIdFor(origin, store, context);
  const machine = await newMachine(origin, { name, id, storeId, store, context });
  const { driver, provisioner: choice, region } = machine;
  const draft = provisioningDraft(request, machine);
  checkProvisioning(draft);
  context.progress.info(`Creating ${name}: ${await driver.describe()}`);
  const memory = new RegionMemory(context.storePath, Date.now);
  const { chosen, hostKey } = await context.progress.step('Checks', async (step) => {
    await Promise.all([driver.check((message) => context.progress.warn(message)), checkAuthority(store, context)]);
    const { signal } = context;
    return {
      hostKey: machine.host === undefined ? undefined : await checkHost(machine.host, { draft, context, step }),
      chosen: await chooseProvisioner({ choice, driver, provisioning: draft, region, memory, signal }),
    };
  });
  await checkBootData({ chosen: chosen.name, draft, userData: request.customData, disks: machine.dataDisks });
  if (choice === 'auto' && 'because' in chosen && chosen.because.length > 0)
    context.progress.info(`DockerExtension is not used: ${chosen.because.join(' ')}`);

  const keys = await machine.keys();
  const record = newRecord(request, keys.driver, context);
  // What azdock chose may still be given up for another; what the user chose holds for the next attempt too.
  const isOpen = choice === 'auto' && chosen.name === 'docker-extension';
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
  };
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    await store.create(name, record, sidecar);
    return finish({ id, request, context, store, record, machine, draft, chosen, memory, startedMs });
  });
}

/** What is made in a cloud carries the store's id. */
async function storeIdFor(
  { driver }: CreateRequest['origin'],
  store: Store,
  { signal }: MachineContext,
): Promise<string | undefined> {
  return driver === 'azure' ? store.ensureId({ deadlineMs: LOCK_DEADLINE_MS, signal }) : undefined;
}

type Finish = Parameters<typeof createWork>[0] & { readonly id: string; readonly startedMs: number };

async function finish(job: Finish): Promise<CreatedMachine> {
  const { id, request, context, store, machine, startedMs } = job;
  const { name } = request;
  const timings: Record<string, number> = {};
  const state: CreateState = {
    name,
    id,
    journal: await store.journal(name),
    progress: context.progress,
    sshPublicKey: undefined,
    customData: undefined,
    address: undefined,
    alternativeAddresses: [],
    provisioner: job.chosen.name,
    provisioning: undefined,
    engineVersion: undefined,
  };
  try {
    const work = createWork(job);
    await runSteps({
      steps: createSteps(machine.driver, work, { hasHost: machine.host !== undefined }),
      context: state,
      progress: context.progress,
      signal: context.signal,
      onDone: (id, elapsedMs) => {
        timings[id] = Math.round(elapsedMs);
      },
    });
  } catch (error) {
    await markFailed(store, name);
    const { isBilled } = machine;
    const hasVm = timings['vm'] !== undefined || machine.host !== undefined;
    if (!(error instanceof AzdockError)) throw error;
    throw failedCreation(suspectWay(error, await store.load(name)), state, { hasVm, isBilled });
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

function existing(name: string): MachineExistsError {
  return new MachineExistsError(name, [
    { label: 'How it stands', command: `azdock status ${name}` },
    { label: 'Remove it', command: `azdock rm ${name}` },
  ]);
}

async function markFailed(store: Store, name: string): Promise<void> {
  // The record says the rest; a full disk here must not hide why the creation failed.
  await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'failed' })).catch(() => {});
}
