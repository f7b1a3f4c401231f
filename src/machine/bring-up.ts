import type { Driver } from '../drivers/driver.ts';
import type { HeldMachine } from './act-on-all.ts';
import { awaitEngine } from './await-engine.ts';
import { locate } from './current-address.ts';
import { machineUrl } from './machine-url.ts';
import { watchForMismatch } from './mismatch.ts';
import { renewCertificates } from './renew-certificates.ts';
import { servingCertificates } from './serving-certificates.ts';
import { sshAccess } from './ssh-access.ts';
import { begunWork, unfinishedSteps } from './unfinished-work.ts';

/** How long an engine may take to answer after its host was switched on: boot, then the engine with all its containers. */
const ENGINE_DEADLINE_MS = 300_000;

/** A machine that runs, and whose engine answers. */
export interface UpMachine {
  readonly name: string;
  readonly address: string;
  /** `tcp://HOST:PORT`, or `unix://` and the socket of its tunnel. */
  readonly url: string;
  /** Null when the machine's creation never got as far as an engine. */
  readonly engineVersion: string | null;
}

/**
 * What follows once a machine's host is switched on: finds and stores the address where it has changed, gives the engine a new
 * certificate where the old one does not serve any more, and waits until the engine answers.
 *
 * @throws NotRunningError when the machine has no address; TimeoutError; what a new certificate can fail with
 */
export async function bringUp(found: HeldMachine, driver: Driver): Promise<UpMachine> {
  const { held, host } = await locate(found, driver);
  const url = machineUrl(held.machine, host, held.context);
  return { name: held.name, address: host, url, engineVersion: await engineOf(held, driver, host) };
}

async function engineOf(held: HeldMachine, driver: Driver, host: string): Promise<string | null> {
  const { name, machine, store, context } = held;
  const { sidecar } = machine;
  if (sidecar !== undefined && sidecar.phase !== 'ready') {
    const [step] = unfinishedSteps(name, sidecar);
    context.progress.warn(
      `Its ${begunWork(sidecar)} did not finish, so there may be no engine; ${step?.command} goes on with it.`,
    );
    return null;
  }
  const kept = await servingCertificates(held, host);
  if ('unfit' in kept) return (await renewCertificates({ held, driver, host, because: kept.unfit })).version;
  const watch = watchForMismatch();
  try {
    return await context.progress.step('Docker engine', async (step) => {
      const { version } = await awaitEngine({
        machine,
        host,
        certificates: kept.certificates,
        expectsCertificate: false,
        ssh: () => sshAccess(machine, host, store),
        deadlineMs: ENGINE_DEADLINE_MS,
        context,
        signal: AbortSignal.any([context.signal, watch.signal]),
        onTry: (reason, failure) => {
          step.detail(reason);
          watch.saw(failure);
        },
      });
      return version;
    });
  } catch (error) {
    if (error !== watch.mismatch) throw error;
    return (await renewCertificates({ held, driver, host, ...watch.mismatch })).version;
  }
}
