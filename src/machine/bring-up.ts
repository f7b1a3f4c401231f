import type { Driver } from '../drivers/driver.ts';
import { waitForEngine } from '../engine/wait-for-engine.ts';
import type { HeldMachine } from './act-on-all.ts';
import { enginePort, engineUrl } from './address.ts';
import { locate } from './current-address.ts';
import { readKeptCertificates } from './kept-certificates.ts';
import { renewCertificates } from './renew-certificates.ts';

/** How long an engine may take to answer after its host was switched on: boot, then the engine with all its containers. */
const ENGINE_DEADLINE_MS = 300_000;

/** A machine that runs, and whose engine answers. */
export interface UpMachine {
  readonly name: string;
  readonly address: string;
  /** `tcp://HOST:PORT` */
  readonly url: string;
  /** Null when the machine's creation never got as far as an engine. */
  readonly engineVersion: string | null;
}

/**
 * What follows once a machine's host is switched on: finds and stores the address where it has changed, gives the engine a new
 * certificate where the old one does not serve any more, and waits until the engine answers over mutual TLS.
 *
 * @throws NotRunningError when the machine has no address; TimeoutError; what a new certificate can fail with
 */
export async function bringUp(found: HeldMachine, driver: Driver): Promise<UpMachine> {
  const { held, host } = await locate(found, driver);
  const url = engineUrl(host, enginePort(held.machine.record));
  return { name: held.name, address: host, url, engineVersion: await engineOf(held, driver, host) };
}

async function engineOf(held: HeldMachine, driver: Driver, host: string): Promise<string | null> {
  const { name, machine, store, context } = held;
  const { record, sidecar } = machine;
  if (sidecar !== undefined && sidecar.phase !== 'ready') {
    context.progress.warn(
      `Its creation did not finish, so there may be no engine; azdock provision ${name} completes it.`,
    );
    return null;
  }
  const kept = await readKeptCertificates(store.paths(name), host, new Date());
  if ('unfit' in kept) return (await renewCertificates({ held, driver, host, because: kept.unfit })).version;
  const { host: pem, client } = kept.certificates;
  return context.progress.step('Docker engine', async (step) => {
    const { version } = await waitForEngine({
      machine: name,
      host,
      port: enginePort(record),
      ca: pem.ca,
      cert: client.cert,
      key: client.key,
      deadlineMs: ENGINE_DEADLINE_MS,
      clock: context.clock,
      signal: context.signal,
      onTry: (reason) => step.detail(reason),
    });
    return version;
  });
}
