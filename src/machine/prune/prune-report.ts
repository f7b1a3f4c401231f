import type { Leftover } from '../../drivers/azure/leftovers/leftover.ts';

export type { Leftover };

/** Whose a machine was that has no record here: this store's, as its tag says, or anybody else's. */
export type Origin = 'this-store' | 'other-store';

/** `remove`: it can go. `young`: somebody may just be making it. `other-store`: it was not asked for. */
export type Verdict = 'remove' | 'young' | 'other-store';

/** What is left in Azure of one machine. */
export interface LostMachine {
  /** As its tag says; empty without one. */
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly origin: Origin;
  /** Value of the tag `azdock-store`; undefined for machines from before there was one. */
  readonly storeId: string | undefined;
  readonly verdict: Verdict;
  readonly resources: readonly Leftover[];
}

/** What a subscription has that belongs to no machine of the stores that count. */
export interface PruneReport {
  readonly subscription: { readonly id: string; readonly name: string };
  readonly machines: readonly LostMachine[];
  /** What machines shared, and nobody will use once those are gone that can go. */
  readonly shared: readonly Leftover[];
}
