/** A machine in the subscription that this store does not have. Keys are stable: programs read them. */
export interface AttachableMachine {
  readonly name: string;
  /** Value of the tag `azdock-id` or `azdock-adopted`. */
  readonly id: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly size: string;
  /** Value of the tag `azdock-store`; null for machines from before there was one. */
  readonly store: string | null;
  /** This store made it, and has lost its record. */
  readonly isOwn: boolean;
  /** The VM was there before the machine. */
  readonly isAdopted: boolean;
  /** ISO 8601. */
  readonly createdAt: string | null;
}

/** A machine that has a record now. */
export interface AttachedMachine {
  readonly name: string;
  /** Null without an address. */
  readonly url: string | null;
  /** `full`, or `none` for a record without key and certificates. */
  readonly access: 'full' | 'none';
  /** Null when the engine did not answer from here, or was not asked. */
  readonly engineVersion: string | null;
  /** Another store made it. */
  readonly isForeign: boolean;
}
