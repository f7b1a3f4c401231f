import type { Driver } from '../drivers/driver.ts';
import type { NextStep } from '../errors/azdock-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { DOCKER_EXTENSION, doubtsAboutDockerExtension, whyNotDockerExtension } from '../provision/docker-extension.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import type { ProvisionerName } from '../store/sidecar.ts';
import type { RegionMemory } from './region-memory.ts';

/** What `--azure-provisioner` takes. */
export type ProvisionerChoice = 'auto' | ProvisionerName;

export interface ProvisionerQuestion {
  readonly choice: ProvisionerChoice;
  readonly driver: Driver;
  readonly provisioning: Provisioning;
  /** Cloud and region, the key of the memory. */
  readonly region: string;
  readonly memory: RegionMemory;
  readonly signal: AbortSignal;
  /** The command that asks, with another flag. Absent where the choice is on record. */
  readonly commandWith?: (flag: string) => string;
}

/** The provisioner that will be used, and for DockerExtension the version to ask for. */
export type ChosenProvisioner =
  | { readonly name: 'docker-extension'; readonly version: string }
  | { readonly name: Exclude<ProvisionerName, 'docker-extension'>; readonly because: readonly string[] };

/**
 * An explicit choice is taken or refused. `auto` takes DockerExtension where the region publishes it, it can do the job, and it
 * did not fail there lately; else CustomScript.
 * @throws UsageError when DockerExtension is asked for by name and cannot do the job
 */
export async function chooseProvisioner(question: ProvisionerQuestion): Promise<ChosenProvisioner> {
  const { choice, driver, provisioning, memory, region, signal, commandWith } = question;
  if (choice !== 'auto' && choice !== 'docker-extension') return { name: choice, because: [] };
  const { extensions } = driver;
  if (extensions === undefined) return { name: 'ssh', because: [] };
  const objections = whyNotDockerExtension(provisioning);
  const isAuto = choice === 'auto';
  if (!isAuto && objections.length > 0) throw cannotDo(objections, commandWith);
  const because = isAuto ? [...objections, ...doubtsAboutDockerExtension(provisioning)] : [];
  if (isAuto && memory.failedLately(region)) because.push('It failed in this region within the last 30 days.');
  if (because.length > 0) return { name: 'custom-script', because };
  const { publisher, type } = DOCKER_EXTENSION;
  const version = await extensions.publishedVersion(publisher, type, signal);
  if (version !== undefined) return { name: 'docker-extension', version };
  if (isAuto) return { name: 'custom-script', because: ['This region does not publish it.'] };
  throw new UsageError('This region does not publish DockerExtension, which Microsoft has retired.', {
    resource: '--azure-provisioner',
    nextSteps: another('Let azdock choose', 'auto', commandWith),
  });
}

function cannotDo(objections: readonly string[], commandWith: ProvisionerQuestion['commandWith']): UsageError {
  return new UsageError(`DockerExtension cannot do what was asked: ${objections.join(' ')}`, {
    resource: '--azure-provisioner',
    nextSteps: another('Another way to the same engine', 'custom-script', commandWith),
  });
}

function another(
  label: string,
  choice: ProvisionerChoice,
  commandWith: ProvisionerQuestion['commandWith'],
): readonly NextStep[] {
  return commandWith === undefined ? [] : [{ label, command: commandWith(`--azure-provisioner ${choice}`) }];
}
