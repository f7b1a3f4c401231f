import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AzdockError } from '../../errors/azdock-error.ts';
import { LockedError } from '../../errors/locked-error.ts';
import { SharedSession } from '../../ssh/shared-session.ts';
import { SocketTunnel } from '../../ssh/socket-tunnel.ts';
import { fileFailure } from '../../store/file-failure.ts';
import { loadMachineSync } from '../../store/load.ts';
import { createLocks, type Locks } from '../../store/locks.ts';
import { ownIdentity } from '../../store/process-identity.ts';
import type { MachineContext } from '../machine-context.ts';
import { isListening } from './is-listening.ts';
import { logInForTunnel } from './log-in.ts';
import { openEngineSocket } from './open-engine-socket.ts';
import { makeOwnDirectory } from './own-directory.ts';
import { refuseClient } from './refuse-client.ts';
import { requireSockets } from './require-sockets.ts';
import { requireTunnel } from './has-tunnel.ts';
import { type TunnelPlace, tunnelPlace } from './tunnel-place.ts';
import { readTunnelState, type TunnelState, tunnelSocket, writeTunnelState } from './tunnel-state.ts';
import { toldOf, unreachable } from './unreachable.ts';
import { untilGone } from './until-gone.ts';

/** How long another process may take to begin a tunnel of the same machine, in milliseconds: as long as a login. */
const LOCK_DEADLINE_MS = 60_000;

export interface TunnelKeeper {
  readonly machine: string;
  readonly context: MachineContext;
  /** One line about what happens to the tunnel. */
  readonly log: (line: string) => void;
  /** Called once clients may connect at the socket. */
  readonly onReady: (socket: string) => Promise<void>;
}

/**
 * Keeps a machine's tunnel: a socket of this computer that leads to the engine's own on the machine's host, through one SSH connection
 * that is made anew when it was lost. Returns when the signal is aborted or the machine is gone.
 *
 * @returns at once, with the socket, when another process keeps it already
 * @throws UsageError for a machine without a tunnel; when the host or its engine cannot be reached at the beginning, as `logInForTunnel` and
 *   `openEngineSocket`; StoreError when the socket cannot be made
 */
export async function keepTunnel(keeper: TunnelKeeper): Promise<{ readonly keptAt: string } | undefined> {
  const { machine, context, log, onReady } = keeper;
  requireSockets();
  const stored = loadMachineSync(context.storePath, machine);
  requireTunnel(stored);
  const place = tunnelPlace(machine, context);
  const locks = createLocks(context.clock);
  let tunnel: SocketTunnel | undefined;
  const session = new SharedSession({
    log,
    clock: context.clock,
    connect: async (signal) => logInForTunnel({ machine, context, signal, isPatient: tunnel !== undefined }),
  });
  const onAbort = () => session.close();
  context.signal.addEventListener('abort', onAbort, { once: true });
  try {
    tunnel = await locks.withLock(place.lock, `the tunnel of ${machine}`, lockWait(context), () =>
      begin(place, session, log),
    );
    if (tunnel === undefined) return { keptAt: tunnelSocket(place) };
    await onReady(place.socket);
    log(`listening at ${place.socket}`);
    log(`ends: ${await untilGone(stored, context)}`);
    return undefined;
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    session.close();
    if (tunnel !== undefined) await tidyUp(tunnel, place, locks);
  }
}

function lockWait({ signal }: MachineContext) {
  return { deadlineMs: LOCK_DEADLINE_MS, signal };
}

/** @returns undefined when somebody else has begun */
async function begin(
  place: TunnelPlace,
  session: SharedSession,
  log: (line: string) => void,
): Promise<SocketTunnel | undefined> {
  const { machine } = place;
  if (await isListening(tunnelSocket(place))) return undefined;
  try {
    (await session.open((host) => openEngineSocket(host, machine))).destroy();
    return await listen(place, session, log);
  } catch (error) {
    log(unreachable(machine, toldOf(error)));
    throw error;
  }
}

/** Takes the place of a process that was killed, if need be. */
async function listen(place: TunnelPlace, session: SharedSession, log: (line: string) => void): Promise<SocketTunnel> {
  const { machine, socket: path } = place;
  if (dirname(path) !== dirname(place.state)) makeOwnDirectory(dirname(path));
  try {
    rmSync(path, { force: true });
    const tunnel = await SocketTunnel.open({
      path,
      session,
      open: (host) => openEngineSocket(host, machine),
      refuse: (socket, error) => {
        const why = unreachable(machine, toldOf(error));
        log(`refused a client: ${why}`);
        refuseClient(socket, why);
      },
    });
    const state: TunnelState = { ...ownIdentity(), socket: path, since: new Date().toISOString() };
    await writeTunnelState(place, state);
    return tunnel;
  } catch (error) {
    throw error instanceof AzdockError ? error : fileFailure(error, 'create', path);
  }
}

/**
 * Removes socket and state, unless somebody else is at it: who holds the lock ends this process and does it himself, or will listen
 * at the same path. Then the socket is left without being closed, which would remove whatever is at its path.
 */
async function tidyUp(tunnel: SocketTunnel, place: TunnelPlace, locks: Locks): Promise<void> {
  // With the machine's directory its socket has gone, too.
  if (readTunnelState(place)?.pid !== process.pid) return;
  await locks
    .withLock(place.lock, `the tunnel of ${place.machine}`, { deadlineMs: 0 }, async () => {
      await tunnel.close();
      rmSync(place.state, { force: true });
    })
    .catch((error: unknown) => {
      if (!(error instanceof LockedError)) throw error;
    });
}
