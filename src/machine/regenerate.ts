import type { CertificateSet } from '../certs/bootstrap.ts';
import { openStore } from '../store/store.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { authorityFiles } from './authority-files.ts';
import { endpointOf } from './endpoint.ts';
import { requireHost } from './host.ts';
import { ensureAuthority } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { renewCertificates } from './renew-certificates.ts';
import { requireRunning } from './require-running.ts';

export interface RegenerateRequest {
  readonly names: readonly string[];
  /** `--client-certs`: CA and client certificate are made anew first. */
  readonly clientCerts: boolean;
}

/**
 * Gives machines new server certificates through their provisioners, all at once. With `clientCerts` they get them from a new CA,
 * and a client with the old set is refused by these machines from then on; machines not named keep what they have until their
 * turn.
 *
 * @returns the names of the machines that have them
 * @throws MachineNotFoundError before anything is changed
 */
export async function regenerateCertificates(
  request: RegenerateRequest,
  context: MachineContext,
): Promise<Outcome<string>> {
  const authorities = new Map<string, Promise<CertificateSet>>();
  return actOnAll(request.names, context, async (held: HeldMachine) => {
    const { name, machine, store } = held;
    requireHost(machine.record);
    const driver = await driverOf(machine, held.context);
    await requireRunning(name, driver, context.signal);
    const { host } = await endpointOf(name, held.context);
    const { record } = machine;
    const { ca } = authorityFiles(store, context, record);
    // Once for all machines that share it, and only when there is one that can take it.
    const authority =
      authorities.get(ca) ?? ensureAuthority(store, context, { renew: request.clientCerts ? 'ca' : undefined, record });
    authorities.set(ca, authority);
    await renewCertificates({ held, driver, host, authority: await authority });
    return name;
  });
}

/** Makes the store's own CA and client certificate anew; no machine has them before it is given new ones itself. @throws CertificateError */
export async function regenerateAuthority(context: MachineContext): Promise<void> {
  await ensureAuthority(openStore(context.storePath, context.clock), context, { renew: 'ca' });
}
