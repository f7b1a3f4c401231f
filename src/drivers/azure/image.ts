import type { ImageReference } from '@azure/arm-compute';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { findForeignImage } from './image-facts/foreign-image.ts';
import { findGalleryImage } from './image-facts/gallery-image.ts';
import type { FoundImage, ImageFacts, ImagePlace } from './image-facts/image-facts.ts';
import { findManagedImage } from './image-facts/managed-image.ts';
import { findPlatformImage } from './image-facts/platform-image.ts';
import { type ImageSource, parseImageSource } from './image-source.ts';
import { azureDefaults } from './options.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** How a VM refers to the image: publisher, offer, sku and version, or an id in the place that its kind of gallery has. */
export function imageReference(image: string): ImageReference {
  const source = parseImageSource(image);
  switch (source?.kind) {
    case 'platform': {
      const { publisher, offer, sku, version } = source;
      return { publisher, offer, sku, version };
    }
    case 'community':
      return { communityGalleryImageId: image };
    case 'shared':
      return { sharedGalleryImageId: image };
    case 'gallery':
      // Without a version it is the newest one; the word "latest" is not taken there.
      return { id: image.replace(/\/versions\/latest$/i, '') };
    default:
      return { id: image };
  }
}

/** For people: `Ubuntu 24.04`, the name of an image of one's own, else the image as given. */
export function imageName(image: string): string {
  const source = parseImageSource(image);
  if (source !== undefined && source.kind !== 'platform') return `image ${source.name}`;
  const ubuntu = /:(?:0001-com-)?ubuntu-(?:[a-z-]*-)?(\d\d)_(\d\d)/i.exec(image);
  return ubuntu === null ? image : `Ubuntu ${ubuntu[1]}.${ubuntu[2]}`;
}

/** Of an image that this login may not look at: Azure judges it. */
const unknownFacts: ImageFacts = {
  generation: undefined,
  architecture: undefined,
  allowsTrustedLaunch: false,
  requiredSecurity: undefined,
  plan: undefined,
  sizeGiB: undefined,
  diskControllers: [],
};

/**
 * Asks Azure about the image, wherever it is: marketplace, managed image, gallery, community's or shared gallery.
 *
 * @throws PreCreateCheckError when there is no such image in the region, or no machine can be made of it
 */
export async function findImage(machine: AzureMachine, signal?: AbortSignal): Promise<ImageFacts> {
  const { options, session } = machine;
  const { image, location } = options;
  const source = parseImageSource(image);
  if (source === undefined) throw refused(machine, `${image} is no image.`);
  const what = deed(machine, `find image ${image}`, image);
  const isPlatform = source.kind === 'platform';
  const ask = () =>
    session.call(what, signal, async (clients) => {
      try {
        return (await find(source, { location, clients, signal })) ?? 'absent';
      } catch (error) {
        if (isNotFound(error)) return 'absent';
        throw error;
      }
    });
  const found = isPlatform ? await ask() : await unlessForbidden(ask);
  if (found === undefined) return unknownFacts;
  if (found === 'absent')
    throw refused(machine, isPlatform ? `${location} has no image ${image}.` : `There is no image ${image}.`);
  judge(machine, found);
  return found.facts;
}

function find(source: ImageSource, place: ImagePlace): Promise<FoundImage | undefined> {
  switch (source.kind) {
    case 'platform':
      return findPlatformImage(source, place);
    case 'managed':
      return findManagedImage(source, place);
    case 'gallery':
      return findGalleryImage(source, place);
    default:
      return findForeignImage(source, place);
  }
}

/** @throws PreCreateCheckError when no machine of azdock's can be made of it there */
function judge(machine: AzureMachine, { osType, osState, isDeprecated, elsewhere, facts }: FoundImage): void {
  const { image, location } = machine.options;
  if (elsewhere !== undefined) {
    const steps = elsewhere.slice(0, 1).map((region) => ({
      label: 'There',
      command: `azdock create ${machine.name} --azure-location ${region} --azure-image ${image}`,
    }));
    throw refused(machine, `Image ${image} is not in ${location}; it is in ${elsewhere.join(', ')}.`, steps);
  }
  if (/^windows$/i.test(osType ?? '')) throw refused(machine, `${image} is a Windows image; azdock needs Linux.`);
  if (/^specialized$/i.test(osState ?? ''))
    throw refused(machine, `${image} is a copy of one machine (specialized), which takes no user and no key.`);
  if (isDeprecated) throw refused(machine, `Its publisher has withdrawn ${image}: Azure makes no new machines of it.`);
  if (facts.requiredSecurity === 'confidential')
    throw refused(machine, `${image} is for confidential machines, which azdock does not make.`);
}

function refused(
  { name, options }: AzureMachine,
  message: string,
  steps: readonly { readonly label: string; readonly command: string }[] = [],
): PreCreateCheckError {
  return new PreCreateCheckError(message, {
    resource: options.image,
    nextSteps: [
      ...steps,
      { label: 'The default image', command: `azdock create ${name} --azure-image ${azureDefaults.image}` },
    ],
  });
}
