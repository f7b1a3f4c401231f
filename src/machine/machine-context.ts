import type { AzureDependencies } from '../drivers/azure/dependencies.ts';
import type { NextStep } from '../errors/azdock-error.ts';
import type { Progress } from '../steps/progress.ts';
import type { Pace } from '../wait/pace.ts';
import type { Clock } from '../wait/wait-until.ts';

/** What every lifecycle gets from outside: nothing in here is read from the process itself. */
export interface MachineContext {
  /** Absolute path of the store. */
  readonly storePath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's name, for the organisation in certificates. `unknown` when the system does not tell. */
  readonly user: string;
  readonly progress: Progress;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Questions may be asked. */
  readonly interactive: boolean;
  /** azdock's version. */
  readonly version: string;
  readonly clock: Clock;
  /** Shared by all that this process asks of Azure. */
  readonly pace: Pace;
  /** Certificate and key paths given on the command line; undefined ones lie in the store. */
  readonly tls: TlsPaths;
  /** Shows a text that the user must act on, such as a device code. */
  notify(message: string): void;
  /** One line for `--debug`. */
  readonly debug?: (line: string) => void;
  /** Sends the requests to Azure instead of Node's own client. For tests. */
  readonly httpClient?: AzureDependencies['httpClient'];
  /** Starts the sandbox and resolves when it answers. @throws SandboxError */
  startSandbox(): Promise<void>;
  /**
   * Starts a process that keeps a machine's tunnel, and resolves when it is up.
   * @returns why it is not, as that process said it
   */
  startTunnel(machine: string): Promise<TunnelFailure | undefined>;
}

/** An error of azdock's, told from one process to another. */
export interface TunnelFailure {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

export interface TlsPaths {
  readonly caCert: string | undefined;
  readonly caKey: string | undefined;
  readonly clientCert: string | undefined;
  readonly clientKey: string | undefined;
}
