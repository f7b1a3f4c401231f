import { existsSync } from 'node:fs';
import { type CertificateSet, ensureCertificates } from '../certs/bootstrap.ts';
import { createServerCertificate } from '../certs/create-certificates.ts';
import type { HostCertificates } from '../provision/provisioning.ts';
import type { Secret } from '../secret/secret.ts';
import { storeFiles } from '../store/files.ts';
import type { MachinePaths } from '../store/layout.ts';
import type { MachineRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { authorityFiles } from './authority-files.ts';
import { judgingTime, signingTime } from './clock-skew.ts';
import type { MachineContext } from './machine-context.ts';

/** How long another process may take to make the certificates: a few RSA keys. */
const LOCK_DEADLINE_MS = 60_000;

/** A server certificate with everything that must reach host and machine directory together. */
export interface MachineCertificates {
  readonly host: HostCertificates;
  readonly client: { readonly cert: string; readonly key: Secret };
  /** Upper-case hex. */
  readonly serial: string;
}

/**
 * CA and client certificate of the store or of the user's own, made if they are missing or past their time.
 *
 * @param how `renew` makes them anew in any case, or with `misfit` a client certificate that does not fit; `record` is that of a machine
 *   which has some already
 * @throws CertificateError, StoreError, LockedError
 */
export async function ensureAuthority(
  store: Store,
  context: MachineContext,
  { renew, record }: { readonly renew?: 'ca' | 'client' | 'misfit' | undefined; readonly record?: MachineRecord } = {},
): Promise<CertificateSet> {
  const paths = authorityFiles(store, context, record);
  return store.withCertsLock({ deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, () =>
    ensureCertificates({
      paths,
      files: store.files,
      user: context.user,
      now: judgingTime(context),
      signedAt: signingTime(context),
      ...(renew === undefined ? {} : { renew }),
    }),
  );
}

/**
 * Looks at the certificates that there are, and makes those that the user wants elsewhere: what is wrong with them is better
 * known before a machine is made. Those of a new store are left to be made while Azure works.
 *
 * @throws CertificateError, StoreError, LockedError
 */
export async function checkAuthority(store: Store, context: MachineContext): Promise<void> {
  const isNamed = Object.values(context.tls).some((file) => file !== undefined);
  if (isNamed || existsSync(authorityFiles(store, context).ca)) await ensureAuthority(store, context);
}

/** Signs a server certificate for everything under which the machine is reached. @throws CertificateError */
export async function signFor(
  record: MachineRecord,
  addresses: readonly string[],
  authority: CertificateSet,
  context: MachineContext,
): Promise<MachineCertificates> {
  const wanted = [...(record.HostOptions.AuthOptions.ServerCertSANs ?? []), ...addresses, 'localhost'];
  const { cert, key, serial } = await createServerCertificate({
    user: context.user,
    name: record.Name,
    names: [...new Set(wanted)],
    now: signingTime(context),
    ca: authority.ca,
    isSwarmMaster: record.HostOptions.SwarmOptions.Master,
  });
  return { host: { ca: authority.ca.cert, cert, key }, client: authority.client, serial };
}

/**
 * Writes the machine's copies of CA and client certificate and its server certificate. Called once the engine has them, so that
 * the copies always fit the engine; in a creation before, since there is no older engine to fit.
 * @throws StoreError
 */
export async function keepCertificates(store: Store, name: string, certificates: MachineCertificates): Promise<void> {
  const { host, client } = certificates;
  const paths = store.paths(name);
  await Promise.all([
    keepText(paths.ca, host.ca),
    keepClient(paths, client),
    keepText(paths.serverCert, host.cert),
    keepSecret(paths.serverKey, host.key),
  ]);
}

/** Writes a machine's copies of the client certificate and its key. @throws StoreError */
export async function keepClient(
  paths: Pick<MachinePaths, 'cert' | 'key'>,
  { cert, key }: MachineCertificates['client'],
): Promise<void> {
  await Promise.all([keepText(paths.cert, cert), keepSecret(paths.key, key)]);
}

/** A copy that is right stays as it is, so that an end in the middle mixes up as little as possible. */
async function keepText(path: string, text: string): Promise<void> {
  if ((await storeFiles.read(path)) !== text) await storeFiles.write(path, text);
}

async function keepSecret(path: string, text: Secret): Promise<void> {
  if ((await storeFiles.readSecret(path))?.reveal() !== text.reveal()) await storeFiles.writeSecret(path, text);
}
