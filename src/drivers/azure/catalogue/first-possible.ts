import { findObstacle, type Obstacle, type SizeWish, tellObstacle } from './obstacle.ts';
import type { SizeCatalogue } from './read-sizes.ts';

/** The first of several wishes that nothing known stands in the way of, and why those before it were passed over. */
export interface Choice {
  /** Undefined when all were passed over. */
  readonly chosen: SizeWish | undefined;
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly wish: SizeWish;
  readonly obstacle: Obstacle;
  /** A sentence without its period. */
  readonly why: string;
}

/** Takes the first wish, in the order given, of which Azure tells nothing that stands in the way. */
export function firstPossible(wishes: readonly SizeWish[], catalogue: SizeCatalogue): Choice {
  const passedOver: PassedOver[] = [];
  for (const wish of wishes) {
    const obstacle = findObstacle(wish, catalogue);
    if (obstacle === undefined) return { chosen: wish, passedOver };
    passedOver.push({ wish, obstacle, why: tellObstacle(obstacle, wish, catalogue.location) });
  }
  return { chosen: undefined, passedOver };
}
