import type { Quota } from './core-quota.ts';
import type { SizeCatalogue } from './read-sizes.ts';
import type { SizeFacts } from './size-facts.ts';

/** What a machine is to be, as far as its size goes. */
export interface SizeWish {
  readonly size: string;
  /** Undefined: wherever in the region. */
  readonly zone?: string | undefined;
  readonly spot?: boolean | undefined;
  /** Machines to be made at once. @defaultValue 1 */
  readonly count?: number | undefined;
  /** What the image can run on, where it is known. */
  readonly image?: ImageNeeds | undefined;
  /** What else a size has to be able to do, to be named in its place. */
  readonly suits?: ((size: SizeFacts) => boolean) | undefined;
}

/** What an image asks of a size. */
export interface ImageNeeds {
  readonly architecture: SizeFacts['architecture'] | undefined;
  readonly generation: 'V1' | 'V2' | undefined;
}

/** Why a machine of a size cannot be made. `quota` names Azure's quota as people read it. */
export type Obstacle =
  | { readonly kind: 'unknown-size' }
  | { readonly kind: 'restricted'; readonly reason: NonNullable<SizeFacts['restriction']> }
  | { readonly kind: 'zone'; readonly zone: string; readonly zones: readonly string[] }
  | { readonly kind: 'no-spot' }
  | { readonly kind: 'image' }
  | { readonly kind: 'quota'; readonly quota: string; readonly needed: number; readonly left: number };

/** The first thing that stands in the way, or undefined when Azure has told of none. */
export function findObstacle(wish: SizeWish, catalogue: SizeCatalogue): Obstacle | undefined {
  const size = catalogue.find(wish.size);
  if (size === undefined) return { kind: 'unknown-size' };
  if (size.restriction !== undefined) return { kind: 'restricted', reason: size.restriction };
  const { zone } = wish;
  if (zone !== undefined && !size.zones.includes(zone)) return { kind: 'zone', zone, zones: size.zones };
  if (wish.spot === true && !size.isSpotCapable) return { kind: 'no-spot' };
  if (wish.image !== undefined && !canRun(size, wish.image)) return { kind: 'image' };
  const needed = size.vCpus * (wish.count ?? 1);
  const short = quotasFor(size, wish, catalogue).find(({ quota }) => quota !== undefined && quota.left < needed);
  if (short?.quota === undefined) return undefined;
  return { kind: 'quota', quota: short.name, needed, left: short.quota.left };
}

function canRun(size: SizeFacts, { architecture, generation }: ImageNeeds): boolean {
  return (
    (architecture === undefined || architecture === size.architecture) &&
    (generation === undefined || size.generations.includes(generation))
  );
}

/** The quotas that a machine of the size counts against. Spot machines have one of their own. */
export function quotasFor(
  size: SizeFacts,
  { spot }: Pick<SizeWish, 'spot'>,
  { quotas }: Pick<SizeCatalogue, 'quotas'>,
): readonly { readonly name: string; readonly quota: Quota | undefined }[] {
  if (spot === true) return [{ name: 'Spot vCPUs', quota: quotas.spot }];
  return [
    { name: `${familyWord(size.family)} vCPUs`, quota: quotas.family(size.family) },
    { name: 'vCPUs in all', quota: quotas.regional },
  ];
}

/** `standardDSv5Family` as people say it: `DSv5`. */
export function familyWord(family: string): string {
  return family.replace(/^standard[\s_]*/i, '').replace(/\s*family$/i, '');
}

/** The obstacle in a few words, for a list of sizes. */
export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'unknown-size':
      return 'not in the region';
    case 'restricted':
      return obstacle.reason === 'QuotaId' ? 'not for this kind of subscription' : 'not for this subscription';
    case 'zone':
      return `not for this subscription in zone ${obstacle.zone}`;
    case 'no-spot':
      return 'not as Spot';
    case 'image':
      return 'not with the image';
    case 'quota':
      return `quota of ${obstacle.quota}: ${obstacle.left} left, ${obstacle.needed} needed`;
  }
}

/** The obstacle as a sentence without its period, such as "westeurope does not offer Standard_X1". */
export function tellObstacle(obstacle: Obstacle, { size, count = 1 }: SizeWish, location: string): string {
  switch (obstacle.kind) {
    case 'unknown-size':
      return `${location} does not offer ${size}`;
    case 'restricted':
      return obstacle.reason === 'QuotaId'
        ? `This kind of subscription may not use ${size} in ${location}`
        : `${size} is not available to this subscription in ${location}`;
    case 'zone':
      return `${size} is not available to this subscription in zone ${obstacle.zone} of ${location}${
        obstacle.zones.length === 0 ? '' : `, but in zone ${obstacle.zones.join(' and ')}`
      }`;
    case 'no-spot':
      return `${size} cannot be had as Spot`;
    case 'image':
      return `${size} cannot run the image`;
    case 'quota':
      return `${count === 1 ? `A ${size} needs` : `${count} of ${size} need`} ${obstacle.needed} cores, and this subscription has ${obstacle.left} left in ${location} (quota of ${obstacle.quota})`;
  }
}
