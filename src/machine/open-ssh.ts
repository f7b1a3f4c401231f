import { SshError } from '../errors/ssh-error.ts';
import type { SshSession } from '../ssh/session.ts';
import { waitForSsh } from '../ssh/wait-for-ssh.ts';
import { storeFiles } from '../store/files.ts';
import type { SshAccess } from './deliver.ts';
import type { MachineContext } from './machine-context.ts';

/** How long a host may take until it lets its user log in: docker-machine's own wait (docker/machine:libmachine/mcnutils). */
const LOGIN_DEADLINE_MS = 180_000;

/** Logs in, pinning the host's key if it is the first time. @throws SshError, HostKeyChangedError, TimeoutError */
export async function openSsh(access: SshAccess, context: MachineContext, signal: AbortSignal): Promise<SshSession> {
  const { machine, host, port, user, hostKey, keyFile } = access;
  const privateKey = await storeFiles.readSecret(keyFile);
  if (privateKey === undefined) {
    throw new SshError(`The SSH key of ${machine} is missing: ${keyFile}.`, { resource: keyFile });
  }
  const session = await waitForSsh(
    { host, port, user, privateKey, hostKey, machine, signal },
    { deadlineMs: LOGIN_DEADLINE_MS, clock: context.clock },
  );
  if (hostKey === undefined) await access.onHostKey(session.hostKey);
  return session;
}
