import type { KnownMachine } from '../../machine/known-machines.ts';

/** What is known of the store without asking anyone. Nothing is read before it is asked for. */
export interface Known {
  machines(): readonly KnownMachine[];
  /** Engine labels of all machines, each `KEY=VALUE`. */
  labels(): readonly string[];
}

/** Where the store may be: the value of `--storage-path` on the line that is being typed. */
export type KnownIn = (storageFlag: string | undefined) => Known;
