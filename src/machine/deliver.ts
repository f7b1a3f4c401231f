import type { Journal } from '../drivers/creation.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Extensions } from '../drivers/extensions.ts';
import { ProvisionError } from '../errors/provision-error.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { customScript } from '../provision/custom-script.ts';
import { DOCKER_EXTENSION, dockerExtension, type HandlerCloud } from '../provision/docker-extension.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import { engineScript } from '../provision/script/engine-script.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { ChosenProvisioner } from './choose-provisioner.ts';
import type { MachineContext } from './machine-context.ts';
import type { RegionMemory } from './region-memory.ts';

/** One machine's engine, to be installed or configured anew. */
export interface Delivery {
  readonly provisioner: ChosenProvisioner;
  /** DockerExtension was chosen by `auto`: CustomScript may take over when it fails. */
  readonly mayFallBack: boolean;
  readonly provisioning: Provisioning;
  readonly driver: Driver;
  readonly journal: Journal;
  /** How to reach the host, should the provisioner need SSH. */
  readonly ssh: SshAccess;
  /** `cloud/region`. */
  readonly region: string;
  readonly memory: RegionMemory;
  readonly context: MachineContext;
}

export interface SshAccess {
  readonly machine: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Path of the private key; undefined logs in with the user's own keys and agent. */
  readonly keyFile: string | undefined;
  /** The pinned host key; undefined pins what answers. */
  readonly hostKey: string | undefined;
  /** Called with the key that the host showed, when none was pinned. */
  readonly onHostKey: (key: string) => Promise<void>;
}

/**
 * Brings the provisioning to the host and waits until the provisioner says that it is done.
 * @returns the provisioner that did it
 * @throws ProvisionError with the host's own output; ArmError, SshError
 */
export async function deliver(
  delivery: Delivery,
  step: StepHandle,
  signal: AbortSignal,
): Promise<ChosenProvisioner['name']> {
  const { provisioner, driver } = delivery;
  switch (provisioner.name) {
    case 'docker-extension':
      return byDockerExtension(delivery, provisioner.version, step, signal);
    case 'custom-script':
      await byCustomScript(delivery, signal);
      return 'custom-script';
    case 'ssh':
      await overSsh(delivery, step, signal);
      return 'ssh';
    case 'cloud-init':
      // The VM carried the script when it was made; the engine's answer shows the rest.
      if (driver.extensions === undefined) throw new UnsupportedError(`Driver ${driver.name} has no cloud-init.`);
      return 'cloud-init';
  }
}

async function byDockerExtension(
  delivery: Delivery,
  version: string,
  step: StepHandle,
  signal: AbortSignal,
): Promise<'docker-extension' | 'custom-script'> {
  const { provisioning, journal, memory, region, context } = delivery;
  const extensions = extensionsOf(delivery);
  try {
    const options = { version, ...handlerCloud(region) };
    const forceUpdateTag = String(Date.now());
    await extensions.put({ ...dockerExtension(provisioning, options), forceUpdateTag }, journal, signal);
    memory.worked(region);
    return 'docker-extension';
  } catch (error) {
    if (!(error instanceof ProvisionError) || !delivery.mayFallBack) throw error;
    context.progress.warn(`${error.message} CustomScript takes over.`);
  }
  step.title('Docker engine, by CustomScript');
  await extensions.remove(DOCKER_EXTENSION.type, journal, signal);
  await byCustomScript(delivery, signal);
  // Only now is it known that the extension was at fault, and not what was asked of the engine.
  memory.failed(region);
  return 'custom-script';
}

/** The handler downloads Docker from a mirror there; everywhere else it must not be told a cloud. @param region `cloud/region` */
export function handlerCloud(region: string): { readonly cloud?: HandlerCloud } {
  return /^AzureChina/i.test(region) ? { cloud: 'AzureChinaCloud' } : {};
}

async function byCustomScript(delivery: Delivery, signal: AbortSignal): Promise<void> {
  const script = await engineScript(delivery.provisioning, 'custom-script');
  const timestamp = Math.floor(Date.now() / 1000);
  await extensionsOf(delivery).put(customScript(script, timestamp), delivery.journal, signal);
}

async function overSsh(delivery: Delivery, step: StepHandle, signal: AbortSignal): Promise<void> {
  const { openSsh } = await import('./open-ssh.ts');
  const { provisionOverSsh } = await import('../provision/ssh-provisioner.ts');
  const session = await openSsh(delivery.ssh, delivery.context, signal);
  try {
    await provisionOverSsh({ session, provisioning: delivery.provisioning, step, signal });
  } finally {
    session.close();
  }
}

function extensionsOf({ driver }: Delivery): Extensions {
  if (driver.extensions === undefined) throw new UnsupportedError(`Driver ${driver.name} has no VM extensions.`);
  return driver.extensions;
}
