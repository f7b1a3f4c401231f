import { isSignedBy, issuerOf, parseCertificate } from '../certs/inspect.ts';
import { storeFiles } from '../store/files.ts';
import type { HeldMachine } from './act-on-all.ts';
import { refreshDockerContexts } from './docker-context-sync.ts';
import { ensureAuthority, keepClient, type MachineCertificates } from './machine-certificates.ts';

/**
 * Gives a machine's clients a certificate that its engine accepts, without anything being changed there: the store's own, made anew of
 * the same CA if need be. That only helps where the engine has the CA that the store has now.
 *
 * @returns undefined when it does not help: the machine's certificates are of an earlier CA
 * @throws CertificateError, StoreError, LockedError
 */
export async function mendClient(
  held: HeldMachine,
  because: string,
): Promise<MachineCertificates['client'] | undefined> {
  const { name, machine, store, context } = held;
  const paths = store.paths(name);
  const own = await storeFiles.read(paths.ca);
  if (own === undefined) return undefined;
  const { ca, client } = await ensureAuthority(store, context, { renew: 'misfit', record: machine.record });
  const certificate = parseCertificate({ text: client.cert, file: store.certificates.cert });
  if (ca.cert !== own && !isSignedBy(certificate, issuerOf(certificate, { text: own, file: paths.ca })))
    return undefined;
  context.progress.info(`${name} gets a new client certificate, and its engine keeps what it has: ${because}.`);
  await keepClient(paths, client);
  await refreshDockerContexts(name, context);
  return client;
}
