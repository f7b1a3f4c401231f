import type { VirtualMachineImage } from '@azure/arm-compute';
import { isNotFound } from '../arm-failure.ts';
import { commonFacts } from '../image-facts/image-facts.ts';
import { callOptions } from '../long-running.ts';
import { planOf } from '../plan.ts';
import type { MarketDetails, MarketImage } from './market-image.ts';
import type { Marketplace } from './market-search.ts';

/** What Azure tells of an image whose version is known. Undefined when it has gone since. */
export async function describeImage(
  { clients, location, signal }: Marketplace,
  { publisher, offer, sku, version }: MarketImage,
): Promise<MarketDetails | undefined> {
  if (version === undefined) return undefined;
  const { virtualMachineImages } = await clients.compute();
  try {
    return details(await virtualMachineImages.get(location, publisher, offer, sku, version, callOptions(signal)));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function details(image: VirtualMachineImage): MarketDetails {
  const { generation, architecture, allowsTrustedLaunch } = commonFacts(image);
  const { imageState, scheduledDeprecationTime } = image.imageDeprecationStatus ?? {};
  return {
    generation,
    architecture,
    allowsTrustedLaunch,
    plan: planOf(image.plan),
    state: imageState === 'Deprecated' ? 'deprecated' : imageState === 'ScheduledForDeprecation' ? 'ending' : 'active',
    end: scheduledDeprecationTime?.toISOString(),
  };
}
