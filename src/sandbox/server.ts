import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { OperationBoard } from './arm/operation-board.ts';
import type { SandboxClock } from './clock.ts';
import { TokenLedger } from './entra/token-ledger.ts';
import { FaultBoard } from './faults/fault-board.ts';
import type { GuestHost } from './guests/guest-host.ts';
import { Journal } from './http/journal.ts';
import { ensureIdentity } from './identity.ts';
import { createPipeline } from './pipeline.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { recover } from './state/recover.ts';
import { State } from './state/state.ts';
import { ensureTlsFiles } from './tls-files.ts';
import type { World } from './world.ts';

export interface ServerOptions {
  readonly directory: string;
  readonly guests: GuestHost;
  readonly clock: SandboxClock;
  readonly settings?: Partial<Settings>;
  /** @defaultValue any free one */
  readonly port?: number;
  readonly log: (line: string) => void;
  /** Called with the settings whenever the control API has changed them. */
  readonly settingsChanged?: (settings: Settings) => Promise<void>;
}

/** A sandbox's server while it runs. */
export interface RunningServer {
  readonly world: World;
  readonly endpoint: string;
  readonly caFile: string;
  /** Resolves when `POST /_sandbox/down` was answered. */
  readonly downRequested: Promise<void>;
  /** Ends the server and writes the state. Guests are the caller's. */
  close(): Promise<void>;
}

/** Starts the ARM, Entra and control server on 127.0.0.1, with what the directory remembers. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { directory, guests, clock, log } = options;
  const identity = await ensureIdentity(directory);
  const tls = await ensureTlsFiles(directory);
  const settings: Settings = { ...defaultSettings(), ...options.settings };
  const state = new State(directory);
  const faults = new FaultBoard();
  const operations = new OperationBoard({ clock, settings, faults, afterEnd: () => state.save() });
  const journal = new Journal(directory);
  const server = createServer({ key: tls.key, cert: tls.certificate });
  server.listen(options.port ?? 0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const endpoint = `https://127.0.0.1:${parsePort(server.address())}`;
  const world: World = {
    identity,
    settings,
    state,
    operations,
    faults,
    tokens: new TokenLedger(clock),
    journal,
    guests,
    clock,
    endpoint,
    log,
    settingsChanged: async () => options.settingsChanged?.(settings),
  };
  await recover(world);
  const down = Promise.withResolvers<void>();
  const handle = createPipeline(world, down.resolve);
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log(`request failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  });
  return {
    world,
    endpoint,
    caFile: tls.caFile,
    downRequested: down.promise,
    async close() {
      faults.disarm();
      operations.stop();
      server.close();
      server.closeAllConnections();
      await state.save();
      journal.close();
    },
  };
}

function parsePort(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sandbox server has no port');
  return address.port;
}
