import type { Driver } from '../../drivers/driver.ts';
import type { AccessAnswer } from '../../provision/script/access.ts';
import type { StepHandle } from '../../steps/progress.ts';
import type { ProvisionerName } from '../../store/sidecar.ts';
import type { Store } from '../../store/store.ts';
import { type Delivery, deliver, type SshAccess } from '../deliver.ts';
import { bringChange } from '../extension/bring-change.ts';
import { ensureAuthority, signFor } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';
import { machineUrl } from '../machine-url.ts';
import { driverOf } from '../open-driver.ts';
import { ensureSshKey } from '../own-ssh-key.ts';
import { reprovision } from '../reprovision.ts';
import type { AdoptedMachine, AdoptRequest } from './adopt-request.ts';
import type { VmProvisioner } from './choose-for-vm.ts';
import { gainAccess } from './gain-access.ts';
import type { VmFacts } from './look-at-vm.ts';

/** An adoption that is on record, and whose machine is locked. */
export interface VmSetUp {
  readonly request: AdoptRequest;
  readonly facts: VmFacts;
  readonly provisioner: VmProvisioner;
  readonly store: Store;
  readonly context: MachineContext;
  readonly startedMs: number;
}

/** Marks the VM, gets in, and brings the engine. Safe to do again. */
export async function setUpVm(job: VmSetUp): Promise<AdoptedMachine> {
  const { request, facts, store, context, startedMs } = job;
  const { name } = request;
  const { progress, signal } = context;
  const { address, options } = facts;
  const vm = facts.found.id.names[0] ?? '';
  const driver = await driverOf(await store.load(name), context);
  await progress.step(`Tags azdock-machine, azdock-adopted and azdock-store on ${vm}`, async () =>
    driver.adopted?.mark(signal),
  );
  const answer = await progress.step(`SSH key for ${options.sshUser} on ${vm}`, (step) => letIn(job, driver, step));
  if (answer.hostKey !== undefined) {
    const { hostKey } = answer;
    await store.updateSidecar(name, (sidecar) => ({ ...sidecar, hostKey }));
  }
  const machine = await store.load(name);
  const held = { name, machine, store, context };
  const addresses = [address, ...facts.alternativeAddresses];
  const certificates = await signFor(machine.record, addresses, await ensureAuthority(store, context), context);
  let provisioner: ProvisionerName = job.provisioner.chosen.name;
  const { version } = await reprovision({
    held,
    driver,
    host: address,
    certificates,
    title: `Docker engine on ${vm}`,
    contents: { compose: request.compose, login: request.login },
    async bring(delivery, step) {
      provisioner = await bringEngine(job, answer, delivery, step);
      return provisioner;
    },
  });
  const url = machineUrl(await store.load(name), address, context);
  const elapsedMs = context.clock.now() - startedMs;
  return { name, url, address, engineVersion: version, provisioner, elapsedMs, vm: facts.found.id.id };
}

async function letIn(
  { request, facts, store, context }: VmSetUp,
  driver: Driver,
  step: StepHandle,
): Promise<AccessAnswer> {
  const { name, sshKey } = request;
  const { options, address } = facts;
  const { sshUser: user, sshPort: port } = options;
  const publicKey = await ensureSshKey(store.paths(name));
  const login: SshAccess | undefined =
    sshKey === undefined
      ? undefined
      : { machine: name, host: address, port, user, keyFile: sshKey, hostKey: undefined, onHostKey: async () => {} };
  return gainAccess({ name, driver, user, publicKey, login, context }, step);
}

/** Onto a host with Docker it is a change, under which containers run on; DockerExtension cannot do that by itself. */
async function bringEngine(
  { request, provisioner: { chosen, besideDocker }, context }: VmSetUp,
  { docker, containers }: AccessAnswer,
  delivery: Omit<Delivery, 'provisioner'>,
  step: StepHandle,
): Promise<ProvisionerName> {
  const { signal, progress } = context;
  const isOpen = request.provisioner === 'auto';
  if (docker === 'absent') return deliver({ ...delivery, provisioner: chosen, mayFallBack: isOpen }, step, signal);
  const keepContainers = !request.restartContainers;
  if (containers > 0)
    progress.info(`${containers} containers ${keepContainers ? 'run on' : 'are stopped'} while the engine restarts.`);
  const version = 'version' in besideDocker ? besideDocker.version : '';
  const change = { keepContainers, removals: [], logout: undefined };
  return bringChange({ by: besideDocker.name, version, delivery, change, step });
}
