import { notImplemented } from '../../arm/problems.ts';
import type { World } from '../../world.ts';
import {
  type FoundVersion,
  findCommunityVersion,
  findGalleryVersion,
  findSharedVersion,
  isGalleryId,
} from '../gallery/find-gallery-version.ts';
import { findImages, findVersion } from '../images.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { galleryImageNotFound, imageDeprecated, imageNotFound, invalid, referenceNotFound } from '../problems.ts';
import { type ImageSource, usualRelease } from './image-source.ts';

type Reference = NonNullable<MachineProperties['storageProfile']['imageReference']>;

/** What an `imageReference` means in a region. @throws ArmProblem when it means nothing there, or more than one thing */
export function findImageSource(world: World, reference: Reference | undefined, location: string): ImageSource {
  if (!reference) throw invalid('imageReference', "Required parameter 'imageReference' is missing (null).");
  const { id, sharedGalleryImageId, communityGalleryImageId, publisher, offer, sku, version } = reference;
  const platform = publisher ?? offer ?? sku ?? version;
  if ([id, sharedGalleryImageId, communityGalleryImageId, platform].filter((one) => one !== undefined).length > 1)
    throw invalid(
      'imageReference',
      'The imageReference must name a platform image, or an image by id, sharedGalleryImageId or communityGalleryImageId, and one of them only.',
    );
  if (sharedGalleryImageId !== undefined)
    return ofVersion(sharedGalleryImageId, location, findSharedVersion(world, sharedGalleryImageId, location));
  if (communityGalleryImageId !== undefined)
    return ofVersion(communityGalleryImageId, location, findCommunityVersion(world, communityGalleryImageId, location));
  if (id === undefined) return platformImage(reference, location);
  if (isGalleryId(id)) return ofVersion(id, location, findGalleryVersion(world, id, location));
  return managedImage(world, id, location);
}

function managedImage(world: World, id: string, location: string): ImageSource {
  const image = world.state.customImages.get(id);
  if (!image || image.location !== location || image.state !== 'Succeeded')
    throw referenceNotFound('Image', id, location, 'imageReference');
  if (image.osDisk.osType !== 'Linux') throw notImplemented('Windows');
  if (image.osDisk.osState !== 'Generalized') throw notImplemented('specialized images');
  return {
    generation: image.generation,
    architecture: 'x64',
    sizeGiB: image.sizeGiB,
    // https://learn.microsoft.com/azure/virtual-machines/trusted-launch: managed images are not supported.
    supportsTrustedLaunch: false,
    release: usualRelease,
  };
}

function ofVersion(id: string, location: string, found: FoundVersion | undefined): ImageSource {
  if (!found) throw galleryImageNotFound(id, location);
  const { image, version } = found;
  const { properties } = image;
  if (properties.osType !== 'Linux') throw notImplemented('Windows');
  const security = properties.features?.find(({ name }) => name?.toLowerCase() === 'securitytype')?.value ?? '';
  const { name, publisher, product } = properties.purchasePlan ?? {};
  const isBought = name !== undefined && publisher !== undefined && product !== undefined;
  return {
    generation: properties.hyperVGeneration ?? 'V1',
    architecture: properties.architecture ?? 'x64',
    sizeGiB: version.sizeGiB,
    supportsTrustedLaunch: /TrustedLaunch/i.test(security),
    exactVersion: version.name,
    ...(isBought ? { plan: { name, publisher, product } } : {}),
    release: usualRelease,
  };
}

function platformImage(
  { publisher = '', offer = '', sku = '', version = '' }: Reference,
  location: string,
): ImageSource {
  const [image] = findImages(publisher, offer, sku);
  const found = image && findVersion(image, version);
  if (!image || found === undefined)
    throw imageNotFound(`${publisher}:${offer}:${sku}:${version}' in location '${location}`);
  if (image.state === 'Deprecated') throw imageDeprecated(`${publisher}:${offer}:${sku}:${found}`);
  return {
    generation: image.generation,
    architecture: image.architecture,
    sizeGiB: image.sizeGiB,
    supportsTrustedLaunch: image.securityType !== undefined,
    exactVersion: found,
    ...(image.plan ? { plan: image.plan } : {}),
    release: { publisher: image.publisher, offer: image.offer, sku: image.sku },
  };
}
