import type { EngineVersion } from '../engine/client.ts';
import type { CertificateSet } from '../certs/bootstrap.ts';
import type { Driver } from '../drivers/driver.ts';
import type { HeldMachine } from './act-on-all.ts';
import { withOwner } from './attach/authorities.ts';
import { ensureAuthority, signFor } from './machine-certificates.ts';
import { reprovision } from './reprovision.ts';

export interface Renewal {
  readonly held: HeldMachine;
  readonly driver: Driver;
  /** Where the machine answers. */
  readonly host: string;
  /** Told to the user who did not ask for new certificates. */
  readonly because?: string;
  /** @defaultValue those that the machine was made with, or the store's */
  readonly authority?: CertificateSet;
}

/** Gives a machine a new server certificate for where it answers now, through its provisioner. @throws as `reprovision` */
export async function renewCertificates(renewal: Renewal): Promise<EngineVersion> {
  const { held, driver, host, because } = renewal;
  const { name, machine, store, context } = held;
  if (because !== undefined) context.progress.info(`The certificates of ${name} are made anew: ${because}.`);
  const authority = renewal.authority ?? (await ensureAuthority(store, context, { record: machine.record }));
  const addresses = [host, ...(machine.sidecar?.alternativeAddresses ?? [])];
  const signed = await signFor(machine.record, addresses, authority, context);
  const certificates = await withOwner(signed, machine, store);
  if (machine.sidecar?.attached === true)
    context.progress.warn(
      `Another store made ${name}: whoever works with that one is to run azdock regenerate-certs ${name}, too.`,
    );
  return reprovision({ held, driver, host, certificates, title: `New certificates for ${name}` });
}
