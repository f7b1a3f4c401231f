import type { OperationBoard } from './arm/operation-board.ts';
import type { SandboxClock } from './clock.ts';
import type { TokenLedger } from './entra/token-ledger.ts';
import type { FaultBoard } from './faults/fault-board.ts';
import type { GuestHost } from './guests/guest-host.ts';
import type { Journal } from './http/journal.ts';
import type { Identity } from './identity.ts';
import type { Settings } from './settings.ts';
import type { State } from './state/state.ts';

/** All that the sandbox's parts share: one for each running sandbox. */
export interface World {
  readonly identity: Identity;
  readonly settings: Settings;
  readonly state: State;
  readonly operations: OperationBoard;
  readonly faults: FaultBoard;
  readonly tokens: TokenLedger;
  readonly journal: Journal;
  readonly guests: GuestHost;
  readonly clock: SandboxClock;
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly endpoint: string;
  readonly log: (line: string) => void;
  /** Called when the control API has changed {@link World.settings}. */
  readonly settingsChanged: () => Promise<void>;
}
