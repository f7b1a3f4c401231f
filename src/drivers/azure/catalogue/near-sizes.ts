import { closeness } from './closeness.ts';
import { findObstacle, type SizeWish } from './obstacle.ts';
import type { SizeCatalogue } from './read-sizes.ts';
import type { SizeFacts } from './size-facts.ts';
import { parseSizeName } from './size-name.ts';

/** The newest generation of the series that most regions have (November 2026). */
const NEWEST = 6;

/** What a size is measured by. A size that the region does not have is known by its name alone. */
interface Likeness {
  readonly name: string;
  readonly series: string;
  readonly features: string;
  readonly version: number;
  readonly vCpus: number | undefined;
  readonly memoryGiB: number | undefined;
  readonly hasGpus: boolean;
  readonly architecture: SizeFacts['architecture'];
}

/**
 * Sizes most like the one wished for that can be made now: of the same series and generation, with vCPUs and memory nearest,
 * for the same processor, with GPUs if it has some, and with the wish's zone, Spot, image and quota. The nearest first.
 *
 * @param limit how many at most
 */
export function nearSizes(wish: SizeWish, catalogue: SizeCatalogue, limit = 3): readonly SizeFacts[] {
  const found = catalogue.find(wish.size);
  const wanted = found === undefined ? likenessOfName(wish.size) : likeness(found);
  const architecture = wish.image?.architecture ?? wanted.architecture;
  return catalogue.sizes
    .filter((size) => size !== found && size.architecture === architecture && !isRetiring(size, found))
    .filter((size) => size.gpus > 0 === wanted.hasGpus && (wish.suits?.(size) ?? true))
    .filter((size) => findObstacle({ ...wish, size: size.name }, catalogue) === undefined)
    .map((size) => ({ size, distance: distance(wanted, likeness(size)) }))
    .sort((a, b) => a.distance - b.distance || (a.size.name < b.size.name ? -1 : 1))
    .slice(0, limit)
    .map(({ size }) => size);
}

/** Nobody is sent to a size that ends, unless from one that does. */
function isRetiring(size: SizeFacts, from: SizeFacts | undefined): boolean {
  return size.retirement !== undefined && from?.retirement === undefined;
}

function likeness(size: SizeFacts): Likeness {
  const { series, features, version } = parseSizeName(size.name);
  const { name, vCpus, memoryGiB, architecture } = size;
  return { name, series, features, version, vCpus, memoryGiB, hasGpus: size.gpus > 0, architecture };
}

function likenessOfName(name: string): Likeness {
  const { series, features, version, vCpus } = parseSizeName(name);
  const architecture = features.includes('p') && /^[bde]/i.test(series) ? 'Arm64' : 'x64';
  return {
    name,
    series,
    features,
    version,
    vCpus,
    memoryGiB: undefined,
    hasGpus: /^n/i.test(series),
    architecture,
  };
}

/** Weights: how much a machine that is otherwise alike would surprise. Twice the vCPUs weigh more than another series. */
function distance(wanted: Likeness, size: Likeness): number {
  return (
    (wanted.series === size.series ? 0 : 3) +
    (isBurstable(wanted) === isBurstable(size) ? 0 : 2) +
    (wanted.series === size.series ? generations(wanted.version, size.version) : age(size.version)) +
    octaves(wanted.vCpus, size.vCpus) * 4 +
    octaves(wanted.memoryGiB, size.memoryGiB) * 2 +
    (1 - closeness(wanted.features, size.features)) * 0.4 +
    (1 - closeness(wanted.name, size.name))
  );
}

/** A newer generation surprises less than an older one. */
function generations(wanted: number, version: number): number {
  return Math.min(2, version > wanted ? (version - wanted) * 0.2 : (wanted - version) * 0.5);
}

/** Generations of two series say nothing about each other; of another series the newest is the one to take. */
function age(version: number): number {
  return Math.max(0, NEWEST - version) * 0.2;
}

/** vCPUs of B-series are shared, and slow down when they were busy for long. */
function isBurstable({ series }: Likeness): boolean {
  return series === 'B';
}

/** 1 for twice or half as much. */
function octaves(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined || a === 0 || b === 0 ? 0 : Math.abs(Math.log2(a / b));
}
