import { AzdockError } from '../../errors/azdock-error.ts';
import type { Store } from '../../store/store.ts';
import { awaitEngine } from '../await-engine.ts';
import { clientFiles } from '../client-files.ts';
import type { MachineContext } from '../machine-context.ts';
import { sshAccess } from '../ssh-access.ts';
import { suspectWay } from '../suspect-way.ts';

/** An engine that has just been restarted, or that a firewall keeps from us. */
const DEADLINE_MS = 30_000;

export interface EngineQuestion {
  readonly name: string;
  readonly host: string;
  readonly store: Store;
  readonly context: MachineContext;
}

/** The engine's version; null when it does not answer from here, which is told, and no failure: the machine is attached. */
export async function askEngine({ name, host, store, context }: EngineQuestion): Promise<string | null> {
  const machine = await store.load(name);
  const { ca, cert, key } = clientFiles(store.root, machine.record).read();
  const { signal, progress } = context;
  try {
    const { version } = await awaitEngine({
      machine,
      host,
      // What the engine shows is checked against its own CA; which certificate it is does not matter.
      certificates: { host: { ca, cert: '', key }, client: { cert, key }, serial: '' },
      expectsCertificate: false,
      ssh: () => sshAccess(machine, host, store),
      deadlineMs: DEADLINE_MS,
      context,
      signal,
    });
    return version;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AzdockError)) throw error;
    const { message, details, nextSteps } = suspectWay(error, machine);
    const ways = nextSteps.map(({ label, command }) => `${label}: ${command}.`);
    progress.warn([message, ...details, ...ways].join(' '));
    return null;
  }
}
