import { HOST_CERTIFICATE_PATHS } from '../../provision/engine-arguments.ts';
import { Secret } from '../../secret/secret.ts';
import { scanHostKey } from '../../ssh/host-key.ts';
import { SshError } from '../../errors/ssh-error.ts';
import { storeFiles } from '../../store/files.ts';
import type { Store } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { runOnHost } from '../run-on-host.ts';
import { sshAccess } from '../ssh-access.ts';
import { ProvisionError } from '../../errors/provision-error.ts';

/** How long a host may take to answer at its SSH port. */
const TIMEOUT_MS = 10_000;

/** Root reads both; a key stands in no list of processes. */
const SCRIPT = `cat ${HOST_CERTIFICATE_PATHS.cert} && echo && cat ${HOST_CERTIFICATE_PATHS.key}\n`;

export interface ServerPairFetch {
  readonly name: string;
  readonly host: string;
  readonly store: Store;
  readonly context: MachineContext;
}

/**
 * Brings the engine's certificate and key here, over SSH: with them the engine can be set up anew from here without another certificate,
 * which whoever made the machine would not trust. Where SSH does not reach the host it is done without them.
 */
export async function fetchServerPair({ name, host, store, context }: ServerPairFetch): Promise<void> {
  const { signal, progress } = context;
  const machine = await store.load(name);
  const access = sshAccess(machine, host, store);
  const { port, hostKey: pinned } = access;
  try {
    await scanHostKey({ host, port, signal, timeoutMs: TIMEOUT_MS, ...(pinned === undefined ? {} : { pinned }) });
    const pair = await progress.step(`Server certificate of ${name}, over SSH`, async (step) => {
      const script = new Secret(SCRIPT);
      return new Secret(await runOnHost({ access, script, failed: `${host} cannot be read`, step, context }));
    });
    const cert = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/.exec(pair.reveal())?.[0];
    const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----\n/.exec(pair.reveal())?.[0];
    if (cert === undefined || key === undefined) return;
    await storeFiles.write(store.paths(name).serverCert, cert);
    await storeFiles.writeSecret(store.paths(name).serverKey, new Secret(key));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SshError) && !(error instanceof ProvisionError)) throw error;
    progress.info(
      `Without SSH the server certificate of ${name} stays there alone: from here its engine can only be set up with another one. ${error.message}`,
    );
  }
}
