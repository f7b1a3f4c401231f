import { openStore } from '../store/store.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { recordedAddress } from './address.ts';
import { noAddress } from './endpoint.ts';
import { judgingTime } from './clock-skew.ts';
import { clientProblem } from './kept-certificates.ts';
import { ensureAuthority } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { mendClient } from './mend-client.ts';
import { findMismatch } from './mismatch.ts';
import { driverOf } from './open-driver.ts';
import { renewCertificates } from './renew-certificates.ts';
import { requireRunning } from './require-running.ts';
import { servingCertificates } from './serving-certificates.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';

/** What was done to a machine: its certificates were good, its clients got another one, or the engine got a new one too. */
export interface RepairedMachine {
  readonly name: string;
  readonly made: 'nothing' | 'client' | 'server';
}

/**
 * Mends the certificates of machines that do not hold any more, and nothing else: an engine whose certificate is good keeps it and is
 * not restarted. Without names it is about all machines, and the store's own set.
 *
 * @throws as `actOnAll`
 */
export async function repairCertificates(
  names: readonly string[],
  context: MachineContext,
): Promise<Outcome<RepairedMachine>> {
  if (names.length > 0) return actOnAll(names, context, repairMachine);
  const store = openStore(context.storePath, context.clock);
  const { made } = await ensureAuthority(store, context, { renew: 'misfit' });
  if (made.includes('ca'))
    context.progress.info(`The CA in ${store.certificates.dir} is new, and the client certificate.`);
  else if (made.includes('client'))
    context.progress.info(`The client certificate in ${store.certificates.dir} is new.`);
  const all = await store.naturalNames();
  const readable = await Promise.all(all.map(async (name) => ((await isReadable(name)) ? [name] : [])));
  return actOnAll(readable.flat(), context, repairMachine);

  async function isReadable(name: string): Promise<boolean> {
    return store.load(name).then(
      // What was begun and not finished is for other commands.
      ({ sidecar }) => sidecar === undefined || sidecar.phase === 'ready',
      (error: unknown) => {
        context.progress.warn(error instanceof Error ? error.message : String(error));
        return false;
      },
    );
  }
}

async function repairMachine(held: HeldMachine): Promise<RepairedMachine> {
  const { name, machine, context } = held;
  const { record } = machine;
  // SSH has seen to both sides.
  if (hasTunnel(machine)) return { name, made: 'nothing' };
  if (record.DriverName === 'none') return { name, made: (await repairCopies(held)) ? 'client' : 'nothing' };
  const driver = await driverOf(machine, context);
  const host = recordedAddress(record) ?? (await driver.address(context.signal));
  if (host === undefined) throw noAddress(name);
  const found = await servingCertificates(held, host);
  const because = 'unfit' in found ? found.unfit : await findMismatch(held, host, found.certificates);
  if (because === undefined) return { name, made: 'isMended' in found && found.isMended ? 'client' : 'nothing' };
  await requireRunning(name, driver, context.signal);
  await renewCertificates({ held, driver, host, because });
  return { name, made: 'server' };
}

/** Of an engine that is somebody else's there are only the client's files. @returns false when they are good, or cannot be helped */
async function repairCopies(held: HeldMachine): Promise<boolean> {
  const { name, store, context } = held;
  const paths = store.paths(name);
  const [ca, cert, key] = [
    await store.files.read(paths.ca),
    await store.files.read(paths.cert),
    await store.files.readSecret(paths.key),
  ];
  if (ca === undefined || cert === undefined || key === undefined) return false;
  const problem = clientProblem({ cert, key, ca, paths, now: judgingTime(context) });
  return problem !== undefined && (await mendClient(held, problem)) !== undefined;
}
