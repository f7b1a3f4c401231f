import { randomUUID } from 'node:crypto';
import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import { checkProvisioning } from '../../provision/check-provisioning.ts';
import { rememberedProvisioning } from '../../provision/remembered.ts';
import { requireNewName } from '../../store/layout.ts';
import type { Sidecar } from '../../store/sidecar.ts';
import { openStore, type Store } from '../../store/store.ts';
import type { CreateRequest } from '../create-request.ts';
import { checkAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';
import { newMachine } from '../new-machine.ts';
import { newRecord } from '../new-record.ts';
import { provisioningDraft } from '../provisioning-draft.ts';
import { RegionMemory } from '../region-memory.ts';
import { existingMachine } from '../resume/existing-machine.ts';
import { adoptionSteps } from '../unfinished-work.ts';
import type { AdoptedMachine, AdoptRequest } from './adopt-request.ts';
import { chooseForVm } from './choose-for-vm.ts';
import { lookAtVm, type VmFacts } from './look-at-vm.ts';
import { setUpVm } from './set-up-vm.ts';

/** How long another azdock may be at work on a machine of the same name, or give the store its id. */
const LOCK_DEADLINE_MS = 10_000;

/**
 * Makes a machine of a VM that is there: gives it azdock's key, an engine with certificates of this store, tags and a record. The VM
 * and what belongs to it are written down nowhere as azdock's, so that `rm` leaves them alone. An adoption that broke off is gone
 * on with.
 *
 * @throws UsageError, MachineExistsError, PreCreateCheckError, NotRunningError, LoginError before anything is changed; ArmError,
 *   ProvisionError, SshError, TimeoutError with how to go on
 */
export async function adoptMachine(request: AdoptRequest, context: MachineContext): Promise<AdoptedMachine> {
  const startedMs = context.clock.now();
  const { name } = request;
  requireNewName(name);
  const store = openStore(context.storePath, context.clock);
  const { signal, progress } = context;
  const facts = await lookAtVm(request, context);
  const before = await unfinished(name, facts, store, context);
  const id = before?.id ?? randomUUID();
  const storeId = before?.store ?? (await store.ensureId({ deadlineMs: LOCK_DEADLINE_MS, signal }));
  const { options, found } = facts;
  const create: CreateRequest = {
    name,
    origin: { driver: 'azure', options, provisioner: request.provisioner },
    engine: request.engine,
    tlsSans: request.tlsSans,
    compose: request.compose,
    login: request.login,
    customData: undefined,
    swarm: {},
  };
  const machine = await newMachine(
    { driver: 'azure', options, provisioner: request.provisioner },
    { name, id, storeId, store, context },
  );
  const draft = provisioningDraft(create, machine);
  checkProvisioning(draft);
  progress.info(`Adopting ${machine.driver.adopted?.label} as ${name}`);
  const memory = new RegionMemory(context.storePath, Date.now);
  const provisioner = await progress.step('Checks', async () => {
    const { checkVm } = await import('../../drivers/azure/existing/check-vm.ts');
    const wish = {
      name,
      id,
      force: request.force,
      needsAgent: request.provisioner !== 'ssh' || request.sshKey === undefined,
      enginePort: machine.enginePort,
      sshPort: options.sshPort,
      isPrivate: options.usePrivateIp || options.noPublicIp,
    };
    checkVm(found, wish, (message) => progress.warn(message));
    await checkAuthority(store, context);
    const { driver, region } = machine;
    const question = { name, choice: request.provisioner, found, id, driver, region, memory, signal };
    return chooseForVm({ ...question, provisioning: draft });
  });
  const keys = await machine.keys();
  const record = newRecord(create, { ...keys.driver, IPAddress: facts.address }, context);
  const sidecar: Sidecar = {
    version: 1,
    id,
    store: storeId,
    phase: 'creating',
    createdAt: before?.createdAt ?? new Date().toISOString(),
    journal: before?.journal ?? [],
    ...(keys.sidecar === undefined ? {} : { driver: keys.sidecar }),
    ...(request.provisioner === 'auto' ? {} : { provisioner: provisioner.chosen.name }),
    alternativeAddresses: [...facts.alternativeAddresses],
    provision: rememberedProvisioning(draft),
  };
  return store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal }, async () => {
    if (before === undefined) await store.create(name, record, sidecar);
    else {
      await store.saveRecord(name, record);
      await store.saveSidecar(name, sidecar);
    }
    try {
      return await setUpVm({ request, facts, provisioner, store, context, startedMs });
    } catch (error) {
      // The record says the rest; a full disk here must not hide why it failed.
      await store.updateSidecar(name, (old) => ({ ...old, phase: 'failed' })).catch(() => {});
      throw withWays(error, name, found.id.id);
    }
  });
}

/**
 * An adoption of the same VM that broke off.
 * @throws MachineExistsError for any other machine of that name
 */
async function unfinished(
  name: string,
  { options }: VmFacts,
  store: Store,
  context: MachineContext,
): Promise<Sidecar | undefined> {
  if (!(await store.exists(name))) return undefined;
  const { sidecar } = await store.load(name);
  const { parseExisting } = await import('../../drivers/azure/existing/existing-vm.ts');
  const vm = parseExisting(sidecar?.driver?.['existing'])?.vm;
  const isSame = vm?.toLowerCase() === options.existing?.vm.toLowerCase();
  if (sidecar !== undefined && isSame && (sidecar.phase === 'creating' || sidecar.phase === 'failed')) return sidecar;
  throw await existingMachine(name, store, context);
}

function withWays(error: unknown, name: string, vm: string): unknown {
  if (!(error instanceof AzdockError)) return error;
  // A machine that is half adopted is no creation, and has nothing that could be set up again.
  const isElse = ({ command }: NextStep) => !/^azdock (create|provision|rm) /.test(command);
  const nextSteps = [...error.nextSteps.filter(isElse), ...adoptionSteps(name, vm)];
  return Object.defineProperty(error, 'nextSteps', { value: nextSteps, enumerable: true });
}
