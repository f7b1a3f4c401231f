import type { SizeOffer } from '../../machine/catalogue.ts';
import { parseRowFilter } from './filters.ts';
import { sizeFeatures } from './size-list.ts';

/** What the flags of `sizes` ask for. */
export interface SizeFilter {
  /** At least so many. */
  readonly cpus: number | undefined;
  /** At least so much, in GiB. */
  readonly memoryGiB: number | undefined;
  readonly zone: string | undefined;
  readonly architecture: string | undefined;
  /** How the family's name begins, `standard` left out: `D`, `Bsv2`. */
  readonly family: string | undefined;
  /** Values of `--filter`. */
  readonly filters: readonly string[];
  /** Those that cannot be had, too. */
  readonly all: boolean;
}

/** @throws UsageError for a `--filter` that cannot be used */
export function sizeJudge(filter: SizeFilter): (size: SizeOffer) => boolean {
  const { cpus = 0, memoryGiB = 0, zone, architecture, all } = filter;
  const passes = parseRowFilter<SizeOffer>(filter.filters, {
    feature: sizeFeatures,
    family: ({ family }) => [family, familyWord(family)],
  });
  const family = filter.family === undefined ? undefined : familyWord(filter.family);
  return (size) =>
    (all || size.obstacle === undefined) &&
    size.vCpusAvailable >= cpus &&
    size.memoryGiB >= memoryGiB &&
    (zone === undefined || size.zones.includes(zone) || (all && size.closedZones.includes(zone))) &&
    (architecture === undefined || size.architecture.toLowerCase() === architecture.toLowerCase()) &&
    (family === undefined || familyWord(size.family).startsWith(family)) &&
    passes(size);
}

/** `standardDSv5Family` as `dsv5`. */
function familyWord(family: string): string {
  return family
    .toLowerCase()
    .replace(/^standard[\s_]*/, '')
    .replace(/\s*family$/, '');
}
