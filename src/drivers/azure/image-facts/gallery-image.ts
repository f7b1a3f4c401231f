import type { GalleryImageVersion } from '@azure/arm-compute';
import { squeezeLocation } from '../catalogue/location-name.ts';
import type { ImageSource } from '../image-source.ts';
import { callOptions } from '../long-running.ts';
import { planOf } from '../plan.ts';
import { commonFacts, type FoundImage, type ImagePlace } from './image-facts.ts';
import { newestOf } from './newest-version.ts';

/** An image of a gallery of one's own. Undefined when the version is not there. Rejects with 404 when gallery or image is not. */
export async function findGalleryImage(
  { subscriptionId, group, gallery, name, version }: Extract<ImageSource, { readonly kind: 'gallery' }>,
  { location, clients, signal }: ImagePlace,
): Promise<FoundImage | undefined> {
  const { galleryImages, galleryImageVersions } = await clients.compute(subscriptionId);
  const how = callOptions(signal);
  const image = await galleryImages.get(group, gallery, name, how);
  const versions: GalleryImageVersion[] = [];
  if (version !== undefined) versions.push(await galleryImageVersions.get(group, gallery, name, version, how));
  else
    for await (const one of galleryImageVersions.listByGalleryImage(group, gallery, name, how))
      if (one.publishingProfile?.excludeFromLatest !== true) versions.push(one);
  const here = versions.filter((one) => isIn(one, location));
  const found = newestOf(here) ?? newestOf(versions);
  if (found === undefined) return undefined;
  return {
    facts: {
      ...commonFacts(image),
      plan: planOf(image.purchasePlan),
      sizeGiB: found.storageProfile?.osDiskImage?.sizeInGB,
    },
    osType: image.osType,
    osState: image.osState,
    isDeprecated: false,
    elsewhere: here.length === 0 ? regionsOf(found) : undefined,
  };
}

function regionsOf({ publishingProfile }: GalleryImageVersion): string[] {
  return (publishingProfile?.targetRegions ?? []).flatMap(({ name = '' }) =>
    name === '' ? [] : squeezeLocation(name),
  );
}

/** A version that does not say where it is, is where it is asked for. */
function isIn(version: GalleryImageVersion, location: string): boolean {
  const regions = regionsOf(version);
  return regions.length === 0 || regions.includes(squeezeLocation(location));
}
