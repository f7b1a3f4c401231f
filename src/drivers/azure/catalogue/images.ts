import type { Deed } from '../arm-meanings.ts';
import { isNotFound } from '../arm-failure.ts';
import { imageAliases } from '../image-aliases.ts';
import { inBatches } from './in-batches.ts';
import { requireLocation } from './locations.ts';
import { squeezeLocation } from './location-name.ts';
import type { MarketImage, MarketSku } from './market-image.ts';
import { describeImage } from './market-details.ts';
import { findSkus, type ImageSearch, type Marketplace } from './market-search.ts';
import type { CatalogueSource } from './read-sizes.ts';

/** More images than these are listed by name alone: each costs two requests. */
const DESCRIBED_AT_MOST = 40;

/** What is asked of the marketplace. Without any name, the images that have a short one. */
export interface ImageQuestion extends ImageSearch {
  /** Every version, instead of what `latest` means. */
  readonly allVersions: boolean;
  /** Images for this processor only; then each image is described, however many there are. */
  readonly architecture: 'x64' | 'Arm64' | undefined;
}

/**
 * Images that the region publishes and that the question asks for.
 *
 * @throws UsageError when the region or the publisher is none; what AzureSession.call throws
 */
export async function listImages(
  source: CatalogueSource,
  question: ImageQuestion,
  signal?: AbortSignal,
): Promise<readonly MarketImage[]> {
  const { session, name, options } = source;
  const location = squeezeLocation(options.location);
  const deed: Deed = { doing: `list images of ${location}`, resource: location, machine: name, options };
  const search = session.call(deed, signal, (clients) => find({ clients, location, signal }, question));
  const [place, found] = await Promise.allSettled([requireLocation(source, signal), search]);
  // A region that is none is why nothing was found there.
  if (place.status === 'rejected') throw place.reason;
  if (found.status === 'rejected') throw found.reason;
  return found.value;
}

async function find(market: Marketplace, question: ImageQuestion): Promise<readonly MarketImage[]> {
  const skus = await findSkus(market, question);
  const named = skus.map(
    (sku): MarketImage => ({ ...sku, alias: aliasOf(sku), version: undefined, details: undefined }),
  );
  const mustDescribe = question.architecture !== undefined;
  if (!question.allVersions && skus.length > DESCRIBED_AT_MOST && !mustDescribe) return named;
  const versioned = (await inBatches(named, (image) => withVersions(market, image, question.allVersions))).flat();
  if (versioned.length > DESCRIBED_AT_MOST && !mustDescribe) return versioned;
  const described = await inBatches(versioned, async (image) => ({
    ...image,
    details: await describeImage(market, image),
  }));
  return described.filter(
    ({ details }) => question.architecture === undefined || details?.architecture === question.architecture,
  );
}

/** One image for each version that is asked for; none when the region has no such SKU. */
async function withVersions(
  { clients, location, signal }: Marketplace,
  image: MarketImage,
  all: boolean,
): Promise<MarketImage[]> {
  const { publisher, offer, sku } = image;
  const newestFirst = { orderby: 'name desc', ...(all ? {} : { top: 1 }), ...(signal ? { abortSignal: signal } : {}) };
  const { virtualMachineImages } = await clients.compute();
  const versions = await virtualMachineImages
    .list(location, publisher, offer, sku, newestFirst)
    .catch((error: unknown) => {
      if (isNotFound(error)) return [];
      throw error;
    });
  return versions.map(({ name }) => ({ ...image, version: name }));
}

function aliasOf({ publisher, offer, sku }: MarketSku): string | undefined {
  const urn = `${publisher}:${offer}:${sku}:latest`.toLowerCase();
  const found = imageAliases.find((alias) => alias.urn.toLowerCase() === urn || alias.arm64Urn?.toLowerCase() === urn);
  return found?.name;
}
