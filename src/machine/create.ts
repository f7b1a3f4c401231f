import { randomUUID } from 'node:crypto';
import { AzdockError } from '../errors/azdock-error.ts';
import { runSteps } from '../steps/run-steps.ts';
import { defaultRecord } from '../store/default-record.ts';
import { requireNewName } from '../store/layout.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { openStore, type Store } from '../store/store.ts';
import { enginePort, engineUrl } from './address.ts';
import { chooseProvisioner } from './choose-provisioner.ts';
import type { CreateRequest, CreatedMachine } from './create-request.ts';
import { type CreateState, createSteps } from './create-steps.ts';
import { createWork } from './create-work.ts';
import { failedCreation } from './failed-creation.ts';
import type { MachineContext } from './machine-context.ts';
import { azureDependencies } from './open-driver.ts';
import { RegionMemory } from './region-memory.ts';
import { provisioningDraft } from './provisioning-draft.ts';
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
  const { createAzureDriver } = await import('../drivers/azure/driver.ts');
  const { azureDriverRecord, azureSidecar } = await import('../drivers/azure/record.ts');
  const id = randomUUID();
  const dependencies = azureDependencies(context);
  const driver = createAzureDriver({ name, id, options: request.azure, dependencies });
  const draft = provisioningDraft(request);
  context.progress.info(`Creating ${name}: ${await driver.describe()}`);
  const region = `${request.azure.environment}/${request.azure.location}`;
  const memory = new RegionMemory(context.storePath, Date.now);
  const chosen = await context.progress.step('Checks', async () => {
    await driver.check();
    const { signal } = context;
    return chooseProvisioner({ choice: request.provisioner, driver, provisioning: draft, region, memory, signal });
  });
  if (request.provisioner === 'auto' && 'because' in chosen && chosen.because.length > 0)
    context.progress.info(`DockerExtension is not used: ${chosen.because.join(' ')}`);

  const azure = await driver.settledOptions();
  const record = defaultRecord({
    root: context.storePath,
    name,
    driverName: 'azure',
    driver: azureDriverRecord(azure, {
      machineName: name,
      storePath: context.storePath,
      sshKeyPath: store.paths(name).sshKey,
    }),
    engine: request.engine,
    tlsSans: request.tlsSans,
    swarm: request.swarm,
    certificates: definedPaths(context),
  });
  // What azdock chose may still be given up for another; what the user chose holds for the next attempt too.
  const isOpen = request.provisioner === 'auto' && chosen.name === 'docker-extension';
  const sidecar: Sidecar = {
    version: 1,
    id,
    phase: 'creating',
    createdAt: new Date().toISOString(),
    journal: [],
    driver: azureSidecar(azure),
    ...(isOpen ? {} : { provisioner: chosen.name }),
  };
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    await store.create(name, record, sidecar);
    return finish({ request, context, store, record, driver, draft, chosen, region, memory, startedMs });
  });
}

type Finish = Parameters<typeof createWork>[0] & { readonly startedMs: number };

async function finish(job: Finish): Promise<CreatedMachine> {
  const { request, context, store, driver, startedMs } = job;
  const { name } = request;
  const timings: Record<string, number> = {};
  const state: CreateState = {
    name,
    id: (await store.load(name)).sidecar?.id ?? '',
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
      steps: createSteps(driver, work),
      context: state,
      progress: context.progress,
      signal: context.signal,
      onDone: (id, elapsedMs) => {
        timings[id] = Math.round(elapsedMs);
      },
    });
  } catch (error) {
    await markFailed(store, name);
    throw error instanceof AzdockError ? failedCreation(error, state, { hasVm: timings['vm'] !== undefined }) : error;
  }
  const { address, provisioner, engineVersion } = state;
  if (address === undefined || engineVersion === undefined) {
    throw new TypeError('all steps of the creation are done, but it is not complete');
  }
  await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'ready', provisioner, timings }));
  const port = enginePort(job.record);
  const elapsedMs = context.clock.now() - startedMs;
  return { name, url: engineUrl(address, port), address, engineVersion, provisioner, elapsedMs };
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

function definedPaths({ tls }: MachineContext): NonNullable<Parameters<typeof defaultRecord>[0]['certificates']> {
  return {
    ...(tls.caCert === undefined ? {} : { ca: tls.caCert }),
    ...(tls.caKey === undefined ? {} : { caKey: tls.caKey }),
    ...(tls.clientCert === undefined ? {} : { cert: tls.clientCert }),
    ...(tls.clientKey === undefined ? {} : { key: tls.clientKey }),
  };
}
