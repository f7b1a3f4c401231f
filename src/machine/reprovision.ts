import type { EngineVersion } from '../engine/client.ts';
import { waitForEngine } from '../engine/wait-for-engine.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import type { StoredMachine } from '../store/load.ts';
import type { HeldMachine } from './act-on-all.ts';
import { enginePort } from './address.ts';
import { chooseProvisioner, type ProvisionerChoice } from './choose-provisioner.ts';
import { deliver } from './deliver.ts';
import { refreshDockerContexts } from './docker-context-sync.ts';
import { engineConfig } from './engine-config.ts';
import { keepCertificates, type MachineCertificates } from './machine-certificates.ts';
import { recallCompose } from './recall-compose.ts';
import { RegionMemory } from './region-memory.ts';
import { sshAccess } from './ssh-access.ts';

/** Restart of an engine with many containers. */
const ENGINE_DEADLINE_MS = 300_000;

export interface Reprovisioning {
  readonly held: HeldMachine;
  readonly driver: Driver;
  /** Where the host answers. */
  readonly host: string;
  /** What the engine is to have afterwards. */
  readonly certificates: MachineCertificates;
  /** Of the step that the user sees. */
  readonly title: string;
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
  const { signal, progress, clock } = context;
  const provisioning: Provisioning = {
    compose: recallCompose(sidecar, progress),
    engine: engineConfig(record, certificates.serial),
    certificates: certificates.host,
    login: undefined,
    adminUser: record.Driver.SSHUser,
  };
  const memory = new RegionMemory(context.storePath, Date.now);
  const region = `${String(record.Driver['Environment'] ?? '')}/${String(record.Driver['Location'] ?? '')}`;
  const journal = await store.journal(name);
  return progress.step(title, async (step) => {
    const choice = choiceFor(machine, driver);
    const chosen = await chooseProvisioner({ choice, driver, provisioning, region, memory, signal });
    const ssh = sshAccess(machine, host, store);
    const mayFallBack = choice === 'auto';
    const provisioner = await deliver(
      { provisioner: chosen, mayFallBack, provisioning, driver, journal, ssh, region, memory, context },
      step,
      signal,
    );
    step.detail('waiting for the engine');
    const { host: pem, client, serial } = certificates;
    const version = await waitForEngine({
      machine: name,
      host,
      port: enginePort(record),
      ca: pem.ca,
      cert: client.cert,
      key: client.key,
      expectSerial: serial,
      deadlineMs: ENGINE_DEADLINE_MS,
      clock,
      signal,
    });
    await keepCertificates(store, name, certificates);
    await refreshDockerContexts(name, context);
    if (sidecar?.phase === 'creating' || sidecar?.phase === 'failed')
      await store.updateSidecar(name, (old) => ({ ...old, phase: 'ready', provisioner }));
    return version;
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
