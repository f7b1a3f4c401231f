import type { Quota } from './core-quota.ts';
import { requireLocation } from './locations.ts';
import { findObstacle, type Obstacle, obstacleWords, quotasFor, type SizeWish } from './obstacle.ts';
import { type CatalogueSource, readSizes, type SizeCatalogue } from './read-sizes.ts';
import type { SizeFacts } from './size-facts.ts';

/** A size, and whether a machine of it can be made now. */
export interface SizeOffer extends SizeFacts {
  /** Why not, in a few words; undefined when nothing that Azure tells stands in the way. */
  readonly obstacle: { readonly kind: Obstacle['kind']; readonly words: string } | undefined;
  /** Of the quotas that it counts against, the one with the least left. Undefined where Azure tells of none. */
  readonly quota: (Quota & { readonly name: string }) | undefined;
}

/** What the machine would be. */
export type SizeQuestion = Pick<SizeWish, 'zone' | 'spot'>;

/**
 * Sizes of a region, the smallest first.
 *
 * @throws UsageError when the region is none; ArmError when this login may not read sizes; what AzureSession.call throws
 */
export async function listOffers(
  source: CatalogueSource,
  question: SizeQuestion,
  signal?: AbortSignal,
): Promise<readonly SizeOffer[]> {
  const catalogue = await readSizes(source, signal);
  if (catalogue.sizes.length === 0) await requireLocation(source, signal);
  return catalogue.sizes
    .map((size) => offer(size, question, catalogue))
    .sort((a, b) => a.vCpus - b.vCpus || a.memoryGiB - b.memoryGiB || (a.name < b.name ? -1 : 1));
}

function offer(size: SizeFacts, question: SizeQuestion, catalogue: SizeCatalogue): SizeOffer {
  const wish = { ...question, size: size.name };
  const obstacle = findObstacle(wish, catalogue);
  const quota = quotasFor(size, question, catalogue)
    .flatMap(({ name, quota: one }) => (one === undefined ? [] : [{ ...one, name }]))
    .reduce<SizeOffer['quota']>(
      (least, one) => (least === undefined || one.left < least.left ? one : least),
      undefined,
    );
  return {
    ...size,
    obstacle: obstacle && { kind: obstacle.kind, words: obstacleWords(obstacle) },
    quota,
  };
}
