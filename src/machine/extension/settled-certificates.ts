import type { HeldMachine } from '../act-on-all.ts';
import { judgingTime } from '../clock-skew.ts';
import { withOwner } from '../attach/authorities.ts';
import { readKeptCertificates } from '../kept-certificates.ts';
import { ensureAuthority, type MachineCertificates, signFor } from '../machine-certificates.ts';

/** The certificates that a machine has, or new ones where that is asked for or they do not serve at `host`. @throws CertificateError */
export async function settledCertificates(
  { name, machine, store, context }: HeldMachine,
  host: string,
  { isNew }: { readonly isNew: boolean },
): Promise<MachineCertificates> {
  if (!isNew) {
    const kept = await readKeptCertificates(store.paths(name), host, judgingTime(context));
    if ('certificates' in kept) return kept.certificates;
    context.progress.info(`The certificates of ${name} are made anew: ${kept.unfit}.`);
  }
  const addresses = [host, ...(machine.sidecar?.alternativeAddresses ?? [])];
  const signed = await signFor(machine.record, addresses, await ensureAuthority(store, context), context);
  return withOwner(signed, machine, store);
}
