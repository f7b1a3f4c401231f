import { LockedError } from '../errors/locked-error.ts';
import { fingerprint } from '../ssh/fingerprint.ts';
import { scanHostKey } from '../ssh/host-key.ts';
import { openStore } from '../store/store.ts';
import { explainSshFailure } from './explain-ssh-failure.ts';
import type { MachineContext } from './machine-context.ts';

/** How long another azdock may be at work on the machine before the key is used without being written down. */
const LOCK_DEADLINE_MS = 1_000;

/**
 * Asks the host of a machine that has no pinned key for the one it has, and pins that: machines of docker-machine, and those
 * that did not answer when they were made.
 *
 * @returns `TYPE BASE64`
 * @throws SshError when no host answers
 */
export async function pinHostKey(
  { name, host, port }: { readonly name: string; readonly host: string; readonly port: number },
  context: MachineContext,
): Promise<string> {
  const { signal, clock } = context;
  const hostKey = await scanHostKey({ host, port, signal }).catch(async (error: unknown) => {
    throw await explainSshFailure(error, name, context);
  });
  const store = openStore(context.storePath, clock);
  try {
    await store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal }, () =>
      store.updateSidecar(name, (sidecar) => ({ ...sidecar, hostKey })),
    );
    context.notify(`The SSH host key of ${name} is pinned from now on: ${fingerprint(hostKey)}.`);
  } catch (error) {
    // Whoever creates the machine at this moment pins it.
    if (!(error instanceof LockedError)) throw error;
  }
  return hostKey;
}
