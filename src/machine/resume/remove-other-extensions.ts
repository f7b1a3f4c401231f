import type { Journal } from '../../drivers/creation.ts';
import type { Driver } from '../../drivers/driver.ts';
import { CUSTOM_SCRIPT } from '../../provision/custom-script.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import type { ProvisionerName } from '../../store/sidecar.ts';

/**
 * Takes extensions off the host that an earlier run has attached and that are not the chosen one's: two of them would both look after
 * the engine.
 */
export async function removeOtherExtensions(job: {
  readonly chosen: ProvisionerName;
  readonly driver: Driver;
  readonly journal: Journal;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { chosen, driver, journal, signal } = job;
  const own: Partial<Record<ProvisionerName, string>> = {
    'docker-extension': DOCKER_EXTENSION.type,
    'custom-script': CUSTOM_SCRIPT.type,
  };
  const attached = journal.entries.flatMap(({ id }) => /\/extensions\/([^/]+)$/i.exec(id)?.[1] ?? []);
  for (const name of attached.filter((one) => one !== own[chosen]))
    await driver.extensions?.remove(name, journal, signal);
}
