import type { CertificateSet } from '../certs/bootstrap.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { endpointOf } from './endpoint.ts';
import { requireHost } from './host.ts';
import { ensureAuthority } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { renewCertificates } from './renew-certificates.ts';

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
  let authority: Promise<CertificateSet> | undefined;
  return actOnAll(request.names, context, async (held: HeldMachine) => {
    const { name, machine, store } = held;
    requireHost(machine.record);
    const driver = await driverOf(machine, held.context);
    const { host } = await endpointOf(name, held.context);
    // Once for all of them, and only when there is a machine that can take it.
    authority ??= ensureAuthority(store, context, request.clientCerts ? 'ca' : undefined);
    await renewCertificates({ held, driver, host, authority: await authority });
    return name;
  });
}
