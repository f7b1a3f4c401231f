import type { Journal } from './creation.ts';

/** The host of a creation that did not get to its end. One that is unusable has to be made anew. */
export type HostLeft = 'absent' | 'ready' | 'unusable';

/** One thing in a cloud that a creation has made. */
export interface Remain {
  readonly id: string;
  /** Kind and name: "public IP dev-ip". */
  readonly what: string;
  /** It costs money for as long as it is there. */
  readonly isBilled: boolean;
}

/** What a creation that did not get to its end has left. */
export interface Remains {
  /** What exists of what the journal names of the machine's own. Each is asked for by name. */
  list(journal: Journal, signal: AbortSignal): Promise<readonly Remain[]>;
  /**
   * Looks for the host; one that is still being made is waited for.
   * @param onWait called once when it is
   * @throws PreCreateCheckError when there is one of that name which is somebody else's
   */
  findHost(search: { readonly signal: AbortSignal; onWait(): void }): Promise<HostLeft>;
  /** Removes the host, and with `address` also what gives it its address, so that they can be made anew. */
  clear(how: { readonly address: boolean }, journal: Journal, signal: AbortSignal): Promise<void>;
}
