import { connectSsh } from '../../ssh/connect.ts';
import type { SshSession } from '../../ssh/session.ts';
import { waitForSsh } from '../../ssh/wait-for-ssh.ts';
import { loadMachineSync } from '../../store/load.ts';
import { openStore } from '../../store/store.ts';
import { recordedAddress } from '../address.ts';
import { noAddress } from '../endpoint.ts';
import type { MachineContext } from '../machine-context.ts';
import { sshAccess } from '../ssh-access.ts';
import { sshIdentity } from '../ssh-identity.ts';

/** How long a host that comes back, from a reboot say, is waited for while somebody wants something of it, in milliseconds. */
const RETURN_DEADLINE_MS = 15_000;
/** For one attempt of these: a network that swallows packets must not eat up the whole wait. */
const ATTEMPT_MS = 8_000;

export interface TunnelLogin {
  readonly machine: string;
  readonly context: Pick<MachineContext, 'storePath' | 'environment' | 'clock'>;
  readonly signal: AbortSignal;
  /** Tries for a while, as with a host that has answered before; without, once. */
  readonly isPatient: boolean;
}

/**
 * Logs in to a machine's host as its record says now: the address may be another than last time, the host key may not.
 * @throws NotRunningError without an address; SshError, HostKeyChangedError, TimeoutError; the signal's reason
 */
export async function logInForTunnel({ machine, context, signal, isPatient }: TunnelLogin): Promise<SshSession> {
  const stored = loadMachineSync(context.storePath, machine);
  const found = recordedAddress(stored.record);
  if (found === undefined) throw noAddress(machine);
  const access = sshAccess(stored, found, openStore(context.storePath, context.clock));
  const { host, port, user, hostKey } = access;
  const connection = { host, port, user, hostKey, machine, signal, ...(await sshIdentity(access, context)) };
  const session = isPatient
    ? await waitForSsh(
        { ...connection, timeoutMs: ATTEMPT_MS },
        { deadlineMs: RETURN_DEADLINE_MS, clock: context.clock },
      )
    : await connectSsh(connection);
  if (hostKey === undefined) await access.onHostKey(session.hostKey);
  return session;
}
