import type { ImageSource } from '../image-source.ts';
import { callOptions } from '../long-running.ts';
import { planOf } from '../plan.ts';
import { commonFacts, type FoundImage, featureOf, type ImagePlace } from './image-facts.ts';

/** An image of the marketplace, as the region has it. Undefined when it has none of that version. Rejects with 404 when it has none at all. */
export async function findPlatformImage(
  { publisher, offer, sku, version }: Extract<ImageSource, { readonly kind: 'platform' }>,
  { location, clients, signal }: ImagePlace,
): Promise<FoundImage | undefined> {
  const { virtualMachineImages } = await clients.compute();
  const newest = { top: 1, orderby: 'name desc', ...callOptions(signal) };
  const exact =
    version.toLowerCase() === 'latest'
      ? (await virtualMachineImages.list(location, publisher, offer, sku, newest))[0]?.name
      : version;
  if (exact === undefined) return undefined;
  const image = await virtualMachineImages.get(location, publisher, offer, sku, exact, callOptions(signal));
  const common = commonFacts(image);
  // Images from before the feature say nothing, and have it when they are of generation 2 (learn.microsoft.com, "Trusted Launch").
  const isSilent = featureOf(image, 'SecurityType') === '';
  return {
    facts: {
      ...common,
      allowsTrustedLaunch: common.allowsTrustedLaunch || (common.generation === 'V2' && isSilent),
      plan: planOf(image.plan),
      sizeGiB: undefined,
    },
    osType: image.osDiskImage?.operatingSystem,
    osState: 'Generalized',
    isDeprecated: image.imageDeprecationStatus?.imageState === 'Deprecated',
    elsewhere: undefined,
  };
}
