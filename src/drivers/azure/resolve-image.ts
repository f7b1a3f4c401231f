import { findImageAlias } from './image-aliases.ts';
import { azureDefaults } from './options.ts';

/** The default image's short name. */
const DEFAULT_ALIAS = 'Ubuntu2404';

/**
 * Puts a URN in the place of an alias, and of nothing at all: the one for Arm where the size has Arm processors and the
 * publisher such an image. URNs and ids stay as they are.
 */
export function resolveImage(image: string | undefined, size: string): string {
  const alias = findImageAlias(image ?? DEFAULT_ALIAS);
  if (alias === undefined) return image ?? azureDefaults.image;
  return (isArmSize(size) ? alias.arm64Urn : undefined) ?? alias.urn;
}

/** The letter p among a size's features stands for Arm processors (learn.microsoft.com, "Azure VM sizes naming conventions"). */
export function isArmSize(size: string): boolean {
  return /^standard_[a-z]+\d+(-\d+)?[a-oq-z]*p[a-z]*(_v\d+)?$/i.test(size);
}
