import type { Driver } from '../../drivers/driver.ts';
import { beforeExtensionScript } from '../../provision/change-scripts.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import { engineScript } from '../../provision/script/engine-script.ts';
import type { Secret } from '../../secret/secret.ts';
import type { HeldMachine } from '../act-on-all.ts';
import { locate } from '../current-address.ts';
import { reprovision } from '../reprovision.ts';
import { runOnHost } from '../run-on-host.ts';
import { settledCertificates } from './settled-certificates.ts';

export interface HandOver {
  readonly held: HeldMachine;
  readonly driver: Driver;
  readonly restartContainers: boolean;
}

/**
 * Takes DockerExtension off and leaves its engine to SSH. The handler stops the engine on its way out
 * (Azure/azure-docker-extension:op-disable.go), and what it wrote into the package's unit stays. So containers are kept, the resource is
 * deleted, and the engine is started again with the same arguments from a drop-in.
 *
 * @throws ArmError, SshError, ProvisionError, TimeoutError
 */
export async function handOver({ held: found, driver, restartContainers }: HandOver): Promise<void> {
  const { held, host } = await locate(found, driver);
  const { name, context } = held;
  const certificates = await settledCertificates(held, host, { isNew: false });
  const change = { keepContainers: !restartContainers, removals: [], logout: undefined };
  await reprovision({
    held,
    driver,
    host,
    certificates,
    title: `${DOCKER_EXTENSION.type} off ${name}`,
    contents: { compose: undefined, login: undefined },
    bring: async ({ provisioning, journal, ssh: access }, step) => {
      const run = (script: Secret) =>
        runOnHost({ access, script, failed: `The engine of ${name} could not be taken over`, step, context });
      await run(beforeExtensionScript(provisioning, change));
      try {
        await driver.extensions?.remove(DOCKER_EXTENSION.type, journal, context.signal);
      } catch (error) {
        // Whether the engine was stopped by then, nobody knows.
        await run(await engineScript(provisioning, 'ssh')).catch(() => {});
        throw error;
      }
      await run(await engineScript(provisioning, 'ssh'));
      return 'ssh';
    },
  });
}
