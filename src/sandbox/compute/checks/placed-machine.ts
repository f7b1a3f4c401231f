import type { Resource } from '../../state/resource.ts';

/** A machine that is asked for, as far as its place is concerned. */
export interface PlacedMachine extends Resource {
  readonly zones?: readonly string[] | undefined;
}
