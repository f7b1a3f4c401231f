import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock, type SandboxClock } from '../../src/sandbox/clock.ts';
import type { GuestHost } from '../../src/sandbox/guests/guest-host.ts';
import { type RunningServer, startServer } from '../../src/sandbox/server.ts';
import type { Settings } from '../../src/sandbox/settings.ts';
import { FakeGuests } from './fake-guests.ts';

export interface TestSandboxOptions {
  /** `fake` plays nothing; a kind opens real guests; or any guest host. @defaultValue 'fake' */
  readonly guests?: 'fake' | 'linux' | 'simulated' | GuestHost;
  readonly settings?: Partial<Settings>;
  readonly clock?: SandboxClock;
  /** @defaultValue a new temporary one, removed by `stop` */
  readonly directory?: string;
}

/** A sandbox in this process on a free port. Everything in it can be looked at through `server.world`. */
export interface TestSandbox {
  /** Holds a `sandbox.json`, so it can be given to azdock as AZDOCK_SANDBOX_DIR. */
  readonly directory: string;
  readonly server: RunningServer;
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlToken: string;
  readonly guests: GuestHost;
  stop(): Promise<void>;
}

/** Starts a sandbox for a test. Call `stop` when done, or use `await using`. */
export async function startTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox & AsyncDisposable> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'azdock-sandbox-')));
  const guests = await openGuests(options.guests ?? 'fake', directory).catch(async (error: unknown) => {
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
    throw error;
  });
  const server = await startServer({
    directory,
    guests,
    clock: options.clock ?? realClock,
    settings: options.settings ?? {},
    log: () => undefined,
  });
  const { identity, settings } = server.world;
  const { tenantId, subscriptionId, clientId, clientSecret, controlToken } = identity;
  const common = { endpoint: server.endpoint, tenantId, subscriptionId, clientId, clientSecret, controlToken };
  const discovery = {
    version: 1,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    ...common,
    authority: server.endpoint,
    caFile: server.caFile,
    guests: guests.kind,
    sshPort: guests.sshPort,
    dockerExtension: settings.dockerExtension,
  };
  await writeFile(join(directory, 'sandbox.json'), JSON.stringify(discovery), { mode: 0o600 });
  const ca = await readFile(server.caFile, 'utf8');
  const stop = async () => {
    await server.close();
    await guests.close({ keepDisks: options.directory !== undefined });
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  return { directory, server, ca, ...common, guests, stop, [Symbol.asyncDispose]: stop };
}

async function openGuests(guests: 'fake' | 'linux' | 'simulated' | GuestHost, directory: string): Promise<GuestHost> {
  if (guests === 'fake') return new FakeGuests();
  if (typeof guests !== 'string') return guests;
  const { openGuestHost } = await import('../../src/sandbox/guests/choose.ts');
  return openGuestHost(guests, { directory, log: () => undefined });
}
