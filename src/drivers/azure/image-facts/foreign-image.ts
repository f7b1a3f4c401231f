import type { ImageSource } from '../image-source.ts';
import { callOptions } from '../long-running.ts';
import { planOf } from '../plan.ts';
import { commonFacts, type FoundImage, type ImagePlace } from './image-facts.ts';
import { newestOf } from './newest-version.ts';

type Version = {
  readonly name?: string;
  readonly excludeFromLatest?: boolean;
  readonly storageProfile?: { readonly osDiskImage?: { readonly diskSizeGB?: number } };
};

/**
 * An image of a community's gallery, or of one that is shared with the subscription. Regions answer for what they have.
 * Undefined when the version is not there. Rejects with 404 when gallery or image is not.
 */
export async function findForeignImage(
  { kind, gallery, name, version }: Extract<ImageSource, { readonly kind: 'community' | 'shared' }>,
  { location, clients, signal }: ImagePlace,
): Promise<FoundImage | undefined> {
  const client = await clients.compute();
  const how = callOptions(signal);
  const isShared = kind === 'shared';
  const image = await (isShared ? client.sharedGalleryImages : client.communityGalleryImages).get(
    location,
    gallery,
    name,
    how,
  );
  const versions = isShared ? client.sharedGalleryImageVersions : client.communityGalleryImageVersions;
  const found: Version[] = [];
  if (version !== undefined) found.push(await versions.get(location, gallery, name, version, how));
  else
    for await (const one of versions.list(location, gallery, name, how))
      if (one.excludeFromLatest !== true) found.push(one);
  const newest = newestOf(found);
  if (newest === undefined) return undefined;
  return {
    facts: {
      ...commonFacts(image),
      plan: planOf(image.purchasePlan),
      sizeGiB: newest.storageProfile?.osDiskImage?.diskSizeGB,
    },
    osType: image.osType,
    osState: image.osState,
    isDeprecated: false,
    elsewhere: undefined,
  };
}
