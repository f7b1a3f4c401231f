import type { Provisioning } from '../../provision/provisioning.ts';
import { checkProvisioning } from '../../provision/check-provisioning.ts';
import { type ChosenProvisioner, chooseProvisioner } from '../choose-provisioner.ts';
import type { MachineContext } from '../machine-context.ts';
import type { NewMachine } from '../new-machine.ts';
import { RegionMemory } from '../region-memory.ts';

/**
 * Checks what can be checked before there is a template, and decides how the engine comes to the machine: as `create` does, but for good,
 * since a deployment that fails has nobody who tries another way.
 *
 * @throws UsageError, PreCreateCheckError, LoginError
 */
export async function chooseDelivery(
  { driver, provisioner: choice, region }: NewMachine,
  draft: Provisioning,
  context: MachineContext,
): Promise<ChosenProvisioner> {
  const { progress, signal, storePath } = context;
  checkProvisioning(draft);
  const chosen = await progress.step('Checks', async () => {
    await driver.checkTemplate?.((message) => progress.warn(message));
    const memory = new RegionMemory(storePath, Date.now);
    const question = { choice, driver, provisioning: draft, region, memory, signal };
    return chooseProvisioner({ ...question, commandWith: (flag) => `azdock template ${flag} …` });
  });
  if (choice !== 'auto') return chosen;
  if (chosen.name === 'docker-extension')
    progress.info(
      'Docker comes by DockerExtension, which the region publishes. Should it fail there: --azure-provisioner custom-script',
    );
  else progress.info(`Docker comes by CustomScript. ${'because' in chosen ? chosen.because.join(' ') : ''}`.trimEnd());
  return chosen;
}
