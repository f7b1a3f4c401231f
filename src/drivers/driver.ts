import type { Progress } from '../steps/progress.ts';
import type { Step } from '../steps/run-steps.ts';
import type { Access } from './access.ts';
import type { AdoptedHost } from './adopted-host.ts';
import type { Creation, Journal } from './creation.ts';
import type { DriverPreview } from './driver-preview.ts';
import type { Extensions } from './extensions.ts';
import type { Remains } from './remains.ts';

/** docker-machine's words for states, plus `NotFound` for a machine whose resources are gone. `None` is shown as nothing. */
export type MachineState =
  | 'Running'
  | 'Paused'
  | 'Saved'
  | 'Stopped'
  | 'Stopping'
  | 'Starting'
  | 'Error'
  | 'Timeout'
  | 'NotFound'
  | 'None';

/**
 * Where a machine comes from. One instance serves one machine.
 *
 * `creationSteps` always has ids `network` (sets the address) and `vm` (the host runs when it is done); further ids are the
 * driver's own. The machine folder adds its steps between them.
 */
export interface Driver {
  readonly name: string;
  /** One line for the user before creation: "Standard_B2s_v2, Ubuntu 24.04, westeurope, subscription Contoso Dev". */
  describe(): Promise<string>;
  /**
   * Checks everything that can be checked before the first write.
   * @param warn told what stops nothing, but the user should read
   * @throws PreCreateCheckError, LoginError, UsageError
   */
  check(warn?: (message: string) => void): Promise<void>;
  /**
   * Present when a creation can be written as a template. As `check`, but for what may be otherwise when the template is deployed.
   * @throws PreCreateCheckError, LoginError, UsageError
   */
  checkTemplate?(warn: (message: string) => void): Promise<void>;
  /** Present when a creation has something to tell before it is done. Asks, and changes nothing. */
  preview?(): Promise<DriverPreview>;
  /** @param left `hasHost`: an earlier run has made the host, which is kept. */
  creationSteps(left?: { readonly hasHost: boolean }): readonly Step<Creation>[];
  /** The state now, and why where the driver knows ("deallocated"). */
  state(signal?: AbortSignal): Promise<{ readonly state: MachineState; readonly detail?: string }>;
  /** The address now, asked of the cloud. Undefined when there is none. */
  address(signal?: AbortSignal): Promise<string | undefined>;
  start(progress: Progress, signal: AbortSignal): Promise<void>;
  /** Present when some machines cannot be stopped in some way. Asks nobody. @throws UnsupportedError */
  checkStop?(options: { readonly deallocate: boolean }): void;
  stop(
    options: { readonly deallocate: boolean; readonly force: boolean },
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void>;
  restart(progress: Progress, signal: AbortSignal): Promise<void>;
  /** One line: what removal would remove ("virtual machine, disk, NIC, public IP and firewall in docker-machine (westeurope)"). */
  describeRemoval(): string;
  /**
   * Removes what the journal names and what carries the machine's tag, in the right order, as titled steps, then verifies by
   * tag that nothing is left. Missing resources count as removed, so it can be run again until it succeeds.
   * @throws PartialRemovalError naming what is left
   */
  remove(journal: Journal, progress: Progress, signal: AbortSignal): Promise<void>;
  /** Present when VM extensions can be attached. */
  readonly extensions?: Extensions;
  /** Present when the driver looks after who may reach the machine. */
  readonly access?: Access;
  /** Present when a creation that did not get to its end leaves something in a cloud. */
  readonly remains?: Remains;
  /**
   * Present when something can be run on the host without logging in. Runs a script without secrets, as root.
   * @returns what it wrote to standard output, as far as that is not long
   * @throws ProvisionError with the end of what it wrote
   */
  runScript?(script: string, signal: AbortSignal): Promise<string>;
  /** Present for a host that was there before the machine, and stays when the machine goes. */
  readonly adopted?: AdoptedHost;
}
