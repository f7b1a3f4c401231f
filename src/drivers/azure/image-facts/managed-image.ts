import type { ImageSource } from '../image-source.ts';
import { squeezeLocation } from '../catalogue/location-name.ts';
import { callOptions } from '../long-running.ts';
import { commonFacts, type FoundImage, type ImagePlace } from './image-facts.ts';

/** A managed image of one's own. Rejects with 404 when there is none. */
export async function findManagedImage(
  { subscriptionId, group, name }: Extract<ImageSource, { readonly kind: 'managed' }>,
  { location, clients, signal }: ImagePlace,
): Promise<FoundImage> {
  const image = await (await clients.compute(subscriptionId)).images.get(group, name, callOptions(signal));
  const disk = image.storageProfile?.osDisk;
  const { location: place = location } = image;
  const isHere = squeezeLocation(place) === squeezeLocation(location);
  return {
    facts: {
      // Managed images have no Trusted Launch, and no Arm (learn.microsoft.com, "Trusted Launch", unsupported features).
      ...commonFacts({ hyperVGeneration: image.hyperVGeneration ?? 'V1', architecture: 'x64' }),
      // It may have come from the marketplace, but does not know.
      plan: undefined,
      sizeGiB: disk?.diskSizeGB,
    },
    osType: disk?.osType,
    osState: disk?.osState,
    isDeprecated: false,
    elsewhere: isHere ? undefined : [place],
  };
}
