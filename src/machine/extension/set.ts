import { AzdockError, type NextStep } from '../../errors/azdock-error.ts';
import { ProvisionError } from '../../errors/provision-error.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { Driver } from '../../drivers/driver.ts';
import { checkProvisioning } from '../../provision/check-provisioning.ts';
import { DOCKER_EXTENSION, whyNotDockerExtension } from '../../provision/docker-extension.ts';
import type { Provisioning } from '../../provision/provisioning.ts';
import { changeRemembered } from '../../provision/remembered.ts';
import type { ProvisionerName } from '../../store/sidecar.ts';
import { actOnAll, type HeldMachine } from '../act-on-all.ts';
import { locate } from '../current-address.ts';
import { engineConfig } from '../engine-config.ts';
import { requireHost } from '../host.ts';
import type { MachineContext } from '../machine-context.ts';
import { machineUrl } from '../machine-url.ts';
import { driverOf } from '../open-driver.ts';
import { NO_CERTIFICATES } from '../provisioning-draft.ts';
import { recallCompose } from '../recall-compose.ts';
import { reprovision } from '../reprovision.ts';
import { requireRunning } from '../require-running.ts';
import { bringChange } from './bring-change.ts';
import type { ChangeRequest } from './change-request.ts';
import { type ChangePlan, planChange } from './plan-change.ts';
import { requireFinished } from './require-finished.ts';
import { settledCertificates } from './settled-certificates.ts';

/** A machine that has what it was to have. */
export interface ChangedMachine {
  readonly name: string;
  readonly provisioner: ProvisionerName;
  /** What was changed, by the names of the flags. */
  readonly changed: readonly string[];
  readonly address: string;
  /** `tcp://HOST:PORT` */
  readonly url: string;
  readonly engineVersion: string;
}

/**
 * Changes what a running machine was set up with, through its provisioner, and keeps its containers running. Record and sidecar follow
 * once the engine has shown that it has taken the change; should anything end this before, `azdock provision` puts the old settings
 * back and running it again brings the new ones.
 *
 * @throws UsageError before anything is done; NotRunningError, ProvisionError, ArmError, SshError, TimeoutError
 */
export async function setExtension(request: ChangeRequest, context: MachineContext): Promise<ChangedMachine> {
  const { done, failures } = await actOnAll([request.name], context, (held) => change(held, request));
  const [changed] = done;
  if (changed === undefined) throw failures[0];
  return changed;
}

async function change(found: HeldMachine, request: ChangeRequest): Promise<ChangedMachine> {
  const { name, machine, store, context } = found;
  requireHost(machine.record);
  requireFinished(found);
  const plan = planChange(machine, request);
  const by = machine.sidecar?.provisioner ?? 'ssh';
  checkPlan(found, plan, by);
  const driver = await driverOf(machine, context);
  await requireRunning(name, driver, context.signal);
  const version = by === 'docker-extension' ? await publishedVersion(name, driver, context.signal) : '';
  const { held: located, host } = await locate(found, driver);
  // The address may be another by now.
  const record = planChange(located.machine, request).record;
  const held = { ...located, machine: { ...located.machine, record } };
  const compose =
    plan.compose.kind === 'kept' ? recallCompose(machine.sidecar, context.progress) : plan.compose.project;
  const certificates = await settledCertificates(held, host, { isNew: plan.needsCertificate });
  const engine = await reprovision({
    held,
    driver,
    host,
    certificates,
    title: `New settings for ${name}`,
    contents: { compose, login: plan.login },
    bring: (delivery, step) => bringChange({ by, version, delivery, change: plan.change, step }),
  }).catch((error: unknown) => {
    throw withWayBack(error, name, by);
  });
  await store.saveRecord(name, record);
  await remember(held, plan);
  const url = machineUrl(held.machine, host, context);
  return { name, provisioner: by, changed: plan.changed, address: host, url, engineVersion: engine.version };
}

/** Whatever the values themselves have wrong is told before Azure or the host is asked anything. */
function checkPlan({ machine, name }: HeldMachine, plan: ChangePlan, by: ProvisionerName): void {
  const provisioning: Provisioning = {
    engine: engineConfig({ ...machine, record: plan.record }, ''),
    certificates: NO_CERTIFICATES,
    compose: plan.compose.project,
    login: plan.login,
    adminUser: machine.record.Driver.SSHUser,
  };
  checkProvisioning(provisioning);
  const objections = by === 'docker-extension' ? whyNotDockerExtension(provisioning) : [];
  if (objections.length === 0) return;
  throw new UsageError(
    `DockerExtension, by which ${name} was set up, cannot do what was asked: ${objections.join(' ')}`,
    {
      resource: name,
      nextSteps: [withoutExtension(name)],
    },
  );
}

async function publishedVersion(name: string, driver: Driver, signal: AbortSignal): Promise<string> {
  const { publisher, type } = DOCKER_EXTENSION;
  const version = await driver.extensions?.publishedVersion(publisher, type, signal);
  if (version !== undefined) return version;
  throw new UnsupportedError(
    `The settings of DockerExtension on ${name} cannot be changed any more: its region does not publish it.`,
    { resource: name, nextSteps: [withoutExtension(name)] },
  );
}

async function remember({ name, machine, store }: HeldMachine, plan: ChangePlan): Promise<void> {
  const { kind, project } = plan.compose;
  const change = {
    adminUser: machine.record.Driver.SSHUser,
    compose: kind === 'kept' ? undefined : (project ?? null),
    login: plan.login ?? (plan.change.logout === undefined ? undefined : null),
  };
  await store.updateSidecar(name, (old) => ({ ...old, provision: changeRemembered(old.provision, change) }));
}

function withoutExtension(name: string): NextStep {
  return { label: 'Take it off, then everything goes over SSH', command: `azdock extension ${name} remove` };
}

/** What was given up half-way is on the host, and not on record. */
function withWayBack(error: unknown, name: string, by: ProvisionerName): unknown {
  if (!(error instanceof AzdockError)) return error;
  const isHandler = error instanceof ProvisionError && error.azure !== undefined;
  const steps: NextStep[] = [
    ...(isHandler ? [{ label: 'All that Azure reports', command: `azdock extension ${name} show` }] : []),
    ...(isHandler && by === 'docker-extension' ? [withoutExtension(name)] : []),
    { label: 'As it was before', command: `azdock provision ${name}` },
  ];
  return Object.defineProperty(error, 'nextSteps', { value: steps, enumerable: true });
}
