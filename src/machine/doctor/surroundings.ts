import type { MachineContext } from '../machine-context.ts';

/** What all checks get from outside. */
export interface DoctorSurroundings {
  /** Nobody is asked anything, and nothing is started. */
  readonly context: MachineContext;
  /** What time it is by this computer's clock. */
  now(): Date;
  /** For one attempt to reach something, in milliseconds. */
  readonly probeMs: number;
  /** Public addresses that this computer is known to have. */
  readonly ownAddresses: readonly string[];
  /** Docker's configuration directory, absolute. */
  readonly dockerConfig: string;
}
