/** A process above ours. */
export interface Ancestor {
  /** The name that the system shows; scripts are shown by their file, and Linux cuts it to 15 bytes. */
  readonly name: string;
  /** Arguments with the program in front; empty when the system does not tell. */
  readonly argv: readonly string[];
}

/** Gives the processes above ours, from the parent upwards, and asks the system no earlier and no further than it is read. */
export type Ancestors = () => Iterable<Ancestor>;
