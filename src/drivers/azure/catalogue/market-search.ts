import { UsageError } from '../../../errors/usage-error.ts';
import { isNotFound } from '../arm-failure.ts';
import type { ArmClients } from '../clients.ts';
import { imageAliases } from '../image-aliases.ts';
import { callOptions } from '../long-running.ts';
import { closest } from './closeness.ts';
import { inBatches } from './in-batches.ts';
import type { MarketSku } from './market-image.ts';

/** The marketplace as one region publishes it. */
export interface Marketplace {
  readonly clients: ArmClients;
  /** As Azure's answers spell it. */
  readonly location: string;
  readonly signal: AbortSignal | undefined;
}

/** Names of images. Case does not count. */
export interface ImageSearch {
  /** Part of the name of a publisher, or, with the publishers of images that have short names, of an offer or SKU. */
  readonly text: string | undefined;
  /** The whole name. */
  readonly publisher: string | undefined;
  /** Part of the name. */
  readonly offer: string | undefined;
  /** Part of the name. */
  readonly sku: string | undefined;
}

/** SKUs that the search asks for; without any name, those that have a short one. @throws UsageError when there is no such publisher */
export async function findSkus(market: Marketplace, search: ImageSearch): Promise<readonly MarketSku[]> {
  const { text, publisher, offer, sku } = search;
  const wanted = (one: MarketSku) => has(one.offer, offer) && has(one.sku, sku);
  if (publisher !== undefined) {
    const [exact] = await publishers(market, publisher);
    const skus = await skusOf(market, exact ?? publisher, (name) => has(name, offer));
    return skus.filter((one) => wanted(one) && (text === undefined || mentions(one, text)));
  }
  if (text === undefined) return shortNamed().filter(wanted);
  const matching = (await allPublishers(market)).filter((name) => has(name, text));
  const others = known().filter((name) => !matching.some((one) => same(one, name)));
  const found = await inBatches([...matching, ...others], (name) => skusOf(market, name, (one) => has(one, offer)));
  return found.flat().filter((one) => wanted(one) && (has(one.publisher, text) || mentions(one, text)));
}

/** The publisher as Azure spells it. */
async function publishers(market: Marketplace, wanted: string): Promise<string[]> {
  const all = await allPublishers(market);
  const exact = all.filter((name) => same(name, wanted));
  if (exact.length > 0) return exact;
  const near = closest(wanted, all);
  throw new UsageError(
    `--publisher: ${market.location} has no images of ${wanted}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    { resource: '--publisher', nextSteps: [{ label: 'Search for it', command: `azdock images ${wanted}` }] },
  );
}

async function allPublishers({ clients, location, signal }: Marketplace): Promise<string[]> {
  const { virtualMachineImages } = await clients.compute();
  return names(await virtualMachineImages.listPublishers(location, callOptions(signal)));
}

/** SKUs of a publisher. One that publishes no images, or not here, has none. */
async function skusOf(
  { clients, location, signal }: Marketplace,
  publisher: string,
  isOffer: (name: string) => boolean,
): Promise<MarketSku[]> {
  const { virtualMachineImages } = await clients.compute();
  const offers = names(
    await orNothing(virtualMachineImages.listOffers(location, publisher, callOptions(signal))),
  ).filter(isOffer);
  const found = await inBatches(offers, async (offer) =>
    names(await orNothing(virtualMachineImages.listSkus(location, publisher, offer, callOptions(signal)))).map(
      (sku) => ({ publisher, offer, sku }),
    ),
  );
  return found.flat();
}

async function orNothing<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  return asked.catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw error;
  });
}

function names(items: readonly { readonly name?: string }[]): string[] {
  return items.flatMap(({ name }) => name ?? []);
}

function shortNamed(): readonly MarketSku[] {
  return imageAliases
    .flatMap(({ urn, arm64Urn }) => [urn, ...(arm64Urn === undefined ? [] : [arm64Urn])])
    .map((urn) => {
      const [publisher = '', offer = '', sku = ''] = urn.split(':');
      return { publisher, offer, sku };
    });
}

function known(): readonly string[] {
  return [...new Set(shortNamed().map(({ publisher }) => publisher))];
}

function mentions({ offer, sku }: MarketSku, text: string): boolean {
  return has(offer, text) || has(sku, text);
}

function has(name: string, part: string | undefined): boolean {
  return part === undefined || name.toLowerCase().includes(part.toLowerCase());
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
