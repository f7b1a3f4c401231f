import { appendFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { realClock, timestamp } from './clock.ts';
import { type Discovery, removeDiscovery, writeDiscovery } from './discovery.ts';
import type { GuestHost } from './guests/guest-host.ts';
import { tryLock } from './process/process-lock.ts';
import { type RunningServer, startServer } from './server.ts';
import type { DockerExtensionState, LatencyProfile, Settings, Throttling } from './settings.ts';

export interface SandboxOptions {
  /** Created with mode 0700. */
  readonly directory: string;
  readonly guests: 'linux' | 'simulated' | 'auto';
  /** @defaultValue 'works' */
  readonly dockerExtension?: DockerExtensionState;
  /** @defaultValue no latencies */
  readonly latency?: LatencyProfile;
  /** @defaultValue nothing is refused */
  readonly throttling?: Throttling;
}

export interface RunningSandbox {
  readonly endpoint: string;
  /** Resolves when the control API was asked to end the sandbox. */
  readonly downRequested: Promise<void>;
  /** Ends server and guests, whose disks stay, and removes `sandbox.json`. */
  stop(): Promise<void>;
}

/** How long guests and server may take to end. */
const STOP_DEADLINE_MS = 60_000;

/** Another process has this directory's sandbox. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

/**
 * Starts the sandbox in this process and writes `sandbox.json`. What a crashed process left is taken over.
 *
 * @throws AlreadyRunningError when a living process has the directory
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { directory } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const unlock = await tryLock(join(directory, 'sandbox.lock'));
  if (!unlock) throw new AlreadyRunningError(`Another process runs the sandbox of ${directory}.`);
  const log = (line: string): void =>
    appendFileSync(join(directory, 'sandbox.log'), `${timestamp(realClock.nowMs())} ${line}\n`, { mode: 0o600 });
  try {
    const { openGuestHost } = await import('./guests/choose.ts');
    const guests = await openGuestHost(options.guests, { directory, log });
    const settings: Partial<Settings> = {
      ...(options.dockerExtension ? { dockerExtension: options.dockerExtension } : {}),
      ...(options.latency ? { latency: options.latency } : {}),
      ...(options.throttling ? { throttling: options.throttling } : {}),
    };
    const startedAt = timestamp(realClock.nowMs());
    const announce = (server: RunningServer): Promise<void> =>
      writeDiscovery(directory, describe(server, guests, startedAt));
    const server: RunningServer = await startServer({
      directory,
      guests,
      clock: realClock,
      settings,
      log,
      settingsChanged: () => announce(server),
    }).catch(async (error: unknown) => {
      await guests.close({ keepDisks: true });
      throw error;
    });
    await announce(server);
    log(`up at ${server.endpoint} with ${guests.kind} guests, process ${process.pid}`);
    return {
      endpoint: server.endpoint,
      downRequested: server.downRequested,
      async stop() {
        await removeDiscovery(directory);
        await server.close();
        await guests.close({ keepDisks: true });
        log('down');
        await unlock();
      },
    };
  } catch (error) {
    log(`did not start: ${error instanceof Error ? error.stack : String(error)}`);
    await unlock();
    throw error;
  }
}

function describe(server: RunningServer, guests: GuestHost, startedAt: string): Discovery {
  const { identity, settings } = server.world;
  return {
    version: 1,
    pid: process.pid,
    startedAt,
    endpoint: server.endpoint,
    authority: server.endpoint,
    caFile: server.caFile,
    tenantId: identity.tenantId,
    subscriptionId: identity.subscriptionId,
    clientId: identity.clientId,
    clientSecret: identity.clientSecret,
    guests: guests.kind,
    ...(guests.note === undefined ? {} : { guestsNote: guests.note }),
    sshPort: guests.sshPort,
    dockerExtension: settings.dockerExtension,
    controlToken: identity.controlToken,
  };
}

/** Runs the sandbox until it is told to end, by the control API or by a signal. What `azdock sandbox serve` does. */
export async function serveSandbox(options: SandboxOptions): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
  const sandbox = await startSandbox(options);
  await Promise.race([sandbox.downRequested, signalled]);
  // Whatever hangs on the way down, such as a directory that was removed under us, must not leave a process behind.
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
  await sandbox.stop();
}
