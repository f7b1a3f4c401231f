import { hostKeyChanged } from '../ssh/host-key-check.ts';
import { storeFiles } from '../store/files.ts';
import { explainSshFailure } from './explain-ssh-failure.ts';
import type { MachineContext } from './machine-context.ts';
import type { SshHost } from './ssh-host.ts';

/** How long a host may take to answer, in milliseconds. The program that failed has waited before. */
const TIMEOUT_MS = 5_000;

/**
 * Finds out why a program of OpenSSH failed, which does not tell: logs in by itself, or for a machine without a key of its own
 * looks at the host key only. Returns when all is well with the host.
 *
 * @throws SshError with the machine's state, HostKeyChangedError
 */
export async function checkAnswer(target: SshHost, context: MachineContext): Promise<void> {
  const { machine, host, port, user, hostKey, keyFile } = target;
  const { signal } = context;
  const privateKey = keyFile === undefined ? undefined : await storeFiles.readSecret(keyFile);
  try {
    if (privateKey === undefined) {
      const { scanHostKey } = await import('../ssh/host-key.ts');
      const shown = await scanHostKey({ host, port, signal, pinned: hostKey, timeoutMs: TIMEOUT_MS });
      if (shown !== hostKey) throw hostKeyChanged({ host, machine, pinned: hostKey, shown });
      return;
    }
    const { connectSsh } = await import('../ssh/connect.ts');
    const session = await connectSsh({ host, port, user, privateKey, hostKey, machine, signal, timeoutMs: TIMEOUT_MS });
    session.close();
  } catch (error) {
    throw await explainSshFailure(error, machine, context);
  }
}
