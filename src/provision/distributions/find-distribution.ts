import { DISTRIBUTIONS } from './catalogue.ts';
import type { Distribution } from './distribution.ts';
import type { OsRelease } from './os-release.ts';

/**
 * The description of the distribution that an os-release file names: by its own ID, else by the first word of ID_LIKE that one of
 * them has. Undefined when azdock does not know it.
 */
export function findDistribution(release: OsRelease): Distribution | undefined {
  const own = DISTRIBUTIONS.find(({ ids }) => ids.includes(release.get('ID') ?? ''));
  if (own !== undefined) return own;
  const likes = (release.get('ID_LIKE') ?? '').split(/\s+/);
  return likes.map((word) => DISTRIBUTIONS.find(({ like }) => like.includes(word))).find((one) => one !== undefined);
}
