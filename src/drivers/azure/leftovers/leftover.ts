/** A resource in Azure that azdock made, and that is perhaps of no use to anybody. */
export interface Leftover {
  readonly id: string;
  /** For people: "disk". */
  readonly kind: string;
  readonly name: string;
  readonly group: string;
  readonly location: string;
  /** Undefined where Azure does not tell, as of resource groups. */
  readonly createdAt: Date | undefined;
  /** Of a virtual machine, in Azure's word: `running`, `deallocated`. */
  readonly state: string | undefined;
  /** It costs money as it stands. */
  readonly isBilled: boolean;
}

/** What is left of one machine. */
export interface MachineLeftovers {
  /** Value of the tag `azdock-machine`; empty where there is none. */
  readonly machine: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  /** Value of the tag `azdock-store`. */
  readonly storeId: string | undefined;
  readonly resources: readonly Leftover[];
}
