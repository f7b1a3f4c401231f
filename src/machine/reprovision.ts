import type { EngineVersion } from '../engine/client.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { HostChange } from '../provision/script/change.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { StoredMachine } from '../store/load.ts';
import type { ProvisionerName, Sidecar } from '../store/sidecar.ts';
import type { HeldMachine } from './act-on-all.ts';
import { awaitEngine } from './await-engine.ts';
import { chooseProvisioner, type ProvisionerChoice } from './choose-provisioner.ts';
import { type Delivery, deliver } from './deliver.ts';
import { refreshDockerContexts } from './docker-context-sync.ts';
import { engineConfig } from './engine-config.ts';
import { bringChange } from './extension/bring-change.ts';
import { keepCertificates, type MachineCertificates } from './machine-certificates.ts';
import { recallCompose } from './recall-compose.ts';
import { RegionMemory } from './region-memory.ts';
import { sshAccess } from './ssh-access.ts';

/** Restart of an engine with many containers. */
const ENGINE_DEADLINE_MS = 300_000;

const KEEP_CONTAINERS: HostChange = { keepContainers: true, removals: [], logout: undefined };

export interface Reprovisioning {
  readonly held: HeldMachine;
  readonly driver: Driver;
  /** Where the host answers. */
  readonly host: string;
  /** What the engine is to have afterwards. */
  readonly certificates: MachineCertificates;
  /** Of the step that the user sees. */
  readonly title: string;
  /** Instead of the compose project on record. */
  readonly contents?: Pick<Provisioning, 'compose' | 'login'>;
  /** Instead of the machine's provisioner, as it is. */
  readonly bring?: (delivery: Omit<Delivery, 'provisioner'>, step: StepHandle) => Promise<ProvisionerName>;
}

/**
 * Runs a machine's provisioner again with what is on record, and waits until the engine shows the certificate. Then the machine's
 * own copies follow, and its creation, should that have failed, is complete.
 *
 * @throws ProvisionError, ArmError, SshError, TimeoutError
 */
export async function reprovision(job: Reprovisioning): Promise<EngineVersion> {
  const { held, driver, host, certificates, title } = job;
  const { name, machine, store, context } = held;
  const { record, sidecar } = machine;
  requireAccess(name, sidecar);
  const { signal, progress } = context;
  const provisioning: Provisioning = {
    engine: engineConfig(machine, certificates.serial),
    certificates: certificates.host,
    adminUser: record.Driver.SSHUser,
    ...(job.contents ?? { compose: recallCompose(sidecar, progress), login: undefined }),
  };
  const memory = new RegionMemory(context.storePath, Date.now);
  const region = `${String(record.Driver['Environment'] ?? '')}/${String(record.Driver['Location'] ?? '')}`;
  const journal = await store.journal(name);
  return progress.step(title, async (step) => {
    const choice = choiceFor(machine, driver);
    const ssh = sshAccess(machine, host, store);
    const mayFallBack = choice === 'auto';
    const delivery = { mayFallBack, provisioning, driver, journal, ssh, region, memory, context };
    const bringAgain = async () => {
      const chosen = await chooseProvisioner({ choice, driver, provisioning, region, memory, signal });
      // On a host that is not azdock's, what runs there runs on.
      if (driver.adopted !== undefined && sidecar?.phase === 'ready') {
        const version = 'version' in chosen ? chosen.version : '';
        return bringChange({ by: chosen.name, version, delivery, change: KEEP_CONTAINERS, step });
      }
      return deliver({ ...delivery, provisioner: chosen }, step, signal);
    };
    const provisioner = await (job.bring?.(delivery, step) ?? bringAgain());
    step.detail('waiting for the engine');
    const version = await awaitEngine({
      machine,
      host,
      certificates,
      expectsCertificate: true,
      ssh: async () => sshAccess(await store.load(name), host, store),
      deadlineMs: ENGINE_DEADLINE_MS,
      context,
      signal,
    });
    await keepCertificates(store, name, certificates);
    await refreshDockerContexts(name, context);
    if (sidecar?.phase === 'creating' || sidecar?.phase === 'failed')
      await store.updateSidecar(name, (old) => ({ ...old, phase: 'ready', provisioner }));
    return version;
  });
}

/** Whoever has neither key nor certificates would put the machine's owner out. @throws UnsupportedError */
function requireAccess(name: string, sidecar: Sidecar | undefined): void {
  if (sidecar?.attached !== true || sidecar.phase === 'ready') return;
  throw new UnsupportedError(`${name} is attached without access to its host.`, {
    resource: name,
    nextSteps: [{ label: 'Get it', command: `azdock attach ${name}` }],
  });
}

/** The provisioner that the machine has. */
function choiceFor({ sidecar }: StoredMachine, driver: Driver): ProvisionerChoice {
  if (driver.extensions === undefined) return 'ssh';
  // cloud-init runs a script at the first boot only.
  if (sidecar?.provisioner === 'cloud-init') return 'custom-script';
  if (sidecar?.provisioner !== undefined) return sidecar.provisioner;
  // A creation that left the choice to azdock did not get to its end; what docker-machine made wants no extension of its own.
  return sidecar === undefined || sidecar.phase === 'ready' ? 'custom-script' : 'auto';
}
