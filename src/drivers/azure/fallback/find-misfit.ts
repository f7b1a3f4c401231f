import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';
import type { AzureMachine } from '../azure-machine.ts';
import type { SizeFacts } from '../catalogue/size-facts.ts';
import { checkDisks } from '../checks/check-disks.ts';
import { checkImage } from '../checks/check-image.ts';
import { checkTrustedLaunch } from '../checks/check-security.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';

/**
 * Why a machine of its size cannot be what else it was asked to be: its image, its disks, its network, its security.
 *
 * @returns a sentence without its period; undefined when nothing stands in the way
 */
export async function findMisfit(
  machine: AzureMachine,
  image: ImageFacts,
  size: SizeFacts,
): Promise<string | undefined> {
  const { encryptionAtHost, acceleratedNetworking } = machine.options;
  if (encryptionAtHost && !size.hasEncryptionAtHost) return `${size.name} has no encryption at host`;
  if (acceleratedNetworking && !size.hasAcceleratedNetworking) return `${size.name} has no accelerated networking`;
  try {
    await checkImage(machine, image, size);
    await checkTrustedLaunch(machine, image, size);
    await checkDisks(machine, image, size);
    return undefined;
  } catch (error) {
    if (error instanceof PreCreateCheckError) return error.message.replace(/\.$/, '');
    throw error;
  }
}
