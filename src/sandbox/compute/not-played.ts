import { notImplemented } from '../arm/problems.ts';
import type { Shape } from '../shape.ts';

/** A member that Azure knows and the sandbox does not play: refused with 501, never dropped. An empty list says nothing. */
export function notPlayed(what: string): Shape<undefined> {
  return {
    parse(value) {
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined;
      throw notImplemented(what);
    },
  };
}
