import type { AzureMachine } from '../azure-machine.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { checkTerms } from '../terms.ts';
import { checkDisks } from './check-disks.ts';
import { checkIdentities } from './check-identities.ts';
import { checkImage } from './check-image.ts';
import { checkAvailabilitySet, checkProximityGroup } from './check-placement.ts';
import { checkEncryptionAtHost, checkTrustedLaunch } from './check-security.ts';

/**
 * Checks of what the virtual machine is to be; each is independent of the others.
 *
 * @param findImage asked once, however many checks want to know
 */
export function computeChecks(machine: AzureMachine, findImage: () => Promise<ImageFacts>): readonly Promise<void>[] {
  return [
    checkFit(machine, findImage),
    findImage().then((image) => checkTerms(machine, image)),
    checkAvailabilitySet(machine),
    checkProximityGroup(machine),
    checkIdentities(machine),
  ];
}

/** What image, size and disks must agree about. A size or an image that is not there is told by another check. @throws PreCreateCheckError */
export async function checkFit(machine: AzureMachine, findImage: () => Promise<ImageFacts>): Promise<void> {
  const { options } = machine;
  const catalogue = await machine.sizes();
  const size = catalogue?.find(options.size);
  // An image that is not there is told by the check that asks for it first.
  const image = await findImage().catch(() => undefined);
  await checkEncryptionAtHost(machine, image, size);
  if (image === undefined) return;
  await checkImage(machine, image, size);
  await checkTrustedLaunch(machine, image, size);
  if (size !== undefined) await checkDisks(machine, image, size);
}
