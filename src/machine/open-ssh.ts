import type { SshSession } from '../ssh/session.ts';
import { type SshWait, waitForSsh } from '../ssh/wait-for-ssh.ts';
import type { SshAccess } from './deliver.ts';
import type { MachineContext } from './machine-context.ts';
import { sshIdentity } from './ssh-identity.ts';

/** How long a host may take until it lets its user log in: docker-machine's own wait (docker/machine:libmachine/mcnutils). */
const LOGIN_DEADLINE_MS = 180_000;

/** Logs in, pinning the host's key if it is the first time. @throws SshError, HostKeyChangedError, TimeoutError */
export async function openSsh(
  access: SshAccess,
  context: Pick<MachineContext, 'clock' | 'environment'>,
  signal: AbortSignal,
  wait: Pick<SshWait, 'refusalIsFinal' | 'onTry'> = {},
): Promise<SshSession> {
  const { machine, host, port, user, hostKey } = access;
  const identity = await sshIdentity(access, context);
  const session = await waitForSsh(
    { host, port, user, ...identity, hostKey, machine, signal },
    { deadlineMs: LOGIN_DEADLINE_MS, clock: context.clock, ...wait },
  );
  if (hostKey === undefined) await access.onHostKey(session.hostKey);
  return session;
}
