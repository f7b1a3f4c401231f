import { UnsupportedError } from '../../errors/unsupported-error.ts';
import { afterExtensionScript, beforeExtensionScript } from '../../provision/change-scripts.ts';
import { customScript } from '../../provision/custom-script.ts';
import { dockerExtension } from '../../provision/docker-extension.ts';
import type { HostChange } from '../../provision/script/change.ts';
import { engineScript } from '../../provision/script/engine-script.ts';
import type { Secret } from '../../secret/secret.ts';
import type { StepHandle } from '../../steps/progress.ts';
import type { ProvisionerName } from '../../store/sidecar.ts';
import type { Delivery } from '../deliver.ts';

/** A change on its way to a host. */
export interface ChangeDelivery {
  /** The machine's own provisioner. */
  readonly by: ProvisionerName;
  /** Of DockerExtension, `major.minor`. */
  readonly version: string;
  readonly delivery: Omit<Delivery, 'provisioner'>;
  readonly change: HostChange;
  readonly step: StepHandle;
}

/**
 * Brings a change by the machine's own provisioner. cloud-init runs a script at the first boot only, so that its machines get it over
 * SSH.
 *
 * @returns the provisioner, which stays the machine's
 * @throws ProvisionError with the host's own output; ArmError, SshError
 */
export async function bringChange(job: ChangeDelivery): Promise<ProvisionerName> {
  const { by, delivery, change } = job;
  if (by === 'docker-extension') await byDockerExtension(job);
  else if (by === 'custom-script') {
    const script = await engineScript(delivery.provisioning, 'custom-script', change);
    await putExtension(job, customScript(script, Math.floor(Date.now() / 1000)));
  } else await overSsh(job, await engineScript(delivery.provisioning, 'ssh', change));
  return by;
}

/**
 * The handler restarts the engine when its arguments are others, which a new certificate makes them by its label. What it cannot
 * do is done over SSH: it neither keeps containers nor takes any away, and its `docker login` is none that today's Docker knows.
 */
async function byDockerExtension(job: ChangeDelivery): Promise<void> {
  const { delivery, change, version, step } = job;
  const { provisioning, region } = delivery;
  const { keepContainers, removals, logout } = change;
  const needsHost = keepContainers || removals.length > 0 || logout !== undefined || provisioning.login !== undefined;
  if (needsHost) await overSsh(job, beforeExtensionScript(provisioning, change));
  try {
    step.detail('new settings for DockerExtension');
    const options = { version, ...(/^AzureChina/i.test(region) ? { cloud: 'AzureChinaCloud' as const } : {}) };
    const request = dockerExtension({ ...provisioning, login: undefined }, options);
    await putExtension(job, { ...request, forceUpdateTag: String(Date.now()) });
  } catch (error) {
    // The engine goes on with live-restore as it was; that it did not, the next run puts right.
    if (keepContainers) await overSsh(job, afterExtensionScript(provisioning)).catch(() => {});
    throw error;
  }
  if (keepContainers) await overSsh(job, afterExtensionScript(provisioning));
}

async function putExtension(
  { delivery }: ChangeDelivery,
  request: Parameters<NonNullable<Delivery['driver']['extensions']>['put']>[0],
): Promise<void> {
  const { driver, journal, context } = delivery;
  if (driver.extensions === undefined) throw new UnsupportedError(`Driver ${driver.name} has no VM extensions.`);
  await driver.extensions.put(request, journal, context.signal);
}

/** The same script, run by ourselves. */
async function overSsh({ delivery, step }: Pick<ChangeDelivery, 'delivery' | 'step'>, script: Secret): Promise<void> {
  const { ssh, context } = delivery;
  const { runOnHost } = await import('../run-on-host.ts');
  await runOnHost({ access: ssh, script, failed: `${ssh.machine} could not be changed`, step, context });
}
