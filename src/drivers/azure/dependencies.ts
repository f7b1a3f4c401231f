import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Pace } from '../../wait/pace.ts';
import type { Clock } from '../../wait/wait-until.ts';
import type { LoginChoice } from './login.ts';

/** What the driver needs of the world around it. */
export interface AzureDependencies {
  /** The process's environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborted when the user interrupts. Ends what has no signal of its own, such as checks and logins. */
  readonly signal?: AbortSignal | undefined;
  /** Keeps all requests of this process within Azure's rate limits. */
  readonly pace: Pace;
  /** True when a person sits at a terminal: only then may a login ask for something. */
  readonly interactive: boolean;
  /** Starts the sandbox; resolves when it answers. */
  startSandbox(): Promise<void>;
  /** Shows one line to the person, such as where to enter a device code. Goes to stderr. */
  notify(message: string): void;
  /** One line a request, without secrets. */
  readonly debug?: ((line: string) => void) | undefined;
  /** Told which way to log in was chosen, and why those before it were not. */
  readonly onLogin?: ((choice: LoginChoice) => void) | undefined;
  /** azdock's own version, for the user agent. */
  readonly version: string;
  /** Sends the requests instead of Node's own client. For tests. */
  readonly httpClient?: HttpClient | undefined;
}
