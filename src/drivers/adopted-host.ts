import type { Journal } from './creation.ts';

/** A host that azdock did not make. */
export interface AdoptedHost {
  /** Its name in the cloud, for people: "virtual machine web-1 in prod". */
  readonly label: string;
  /** Marks it as the machine's in the cloud. */
  mark(signal: AbortSignal): Promise<void>;
  /** What would go with it. Asks, and changes nothing. */
  parts(signal: AbortSignal): Promise<HostParts>;
  /** Writes down that it is to go with the machine. */
  claim(journal: Journal, signal: AbortSignal): Promise<void>;
}

/** What a host consists of, each by kind and name: "disk web-1-disk". */
export interface HostParts {
  readonly going: readonly string[];
  /** What belongs to it and would not go along. */
  readonly staying: readonly string[];
}
