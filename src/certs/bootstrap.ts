import { dirname } from 'node:path';
import { CertificateError } from '../errors/certificate-error.ts';
import type { Secret } from '../secret/secret.ts';
import { createCa, createClientCertificate } from './create-certificates.ts';
import { isSignedBy, parseCertificate, parseKey } from './inspect.ts';
import {
  type CertificateFiles,
  hasExpired,
  isOurs,
  type PairLocation,
  RENEW,
  readPair,
  requireFit,
  requireOurs,
  writePair,
} from './pair.ts';
import type { Issuer } from './sign-certificate.ts';

/** Where CA and client certificate are, absolute paths. Each may be where the user wants it. */
export interface CertificateLocations {
  /** azdock's own directory. What is elsewhere belongs to the user: made where missing, never replaced. */
  readonly dir: string;
  readonly ca: string;
  readonly caKey: string;
  readonly cert: string;
  readonly key: string;
}

export interface Bootstrap {
  readonly paths: CertificateLocations;
  readonly files: CertificateFiles;
  /** `$USER`, or `unknown`. */
  readonly user: string;
  readonly now: Date;
  /** Makes new ones though the old are good; a new CA always brings a new client certificate. @defaultValue nothing */
  readonly renew?: 'ca' | 'client';
}

/** CA and client certificate, read or made. */
export interface CertificateSet {
  readonly ca: Issuer;
  readonly client: { readonly cert: string; readonly key: Secret };
  /** What was made in this run, for the user: certificates of machines follow a new CA. */
  readonly made: readonly ('ca' | 'client')[];
}

/**
 * Finds CA and client certificate, makes those that are missing, and makes those anew that have expired or are to be renewed.
 * Unlike docker-machine, which goes by presence and expiry alone, it checks that they fit each other, and a new CA
 * brings a new client certificate. The caller holds the lock on the certificates.
 *
 * @throws CertificateError naming the file that does not fit; StoreError
 */
export async function ensureCertificates(bootstrap: Bootstrap): Promise<CertificateSet> {
  const { paths, files } = bootstrap;
  const { dir, ca: caFile, caKey, cert, key } = paths;
  const folders = [dir, ...[caFile, caKey, cert, key].map((file) => dirname(file))];
  for (const folder of new Set(folders)) await files.makeDirectory(folder);
  const clientAt: PairLocation = { what: 'client certificate', certFile: paths.cert, keyFile: paths.key };
  const ca = await ensureCa(bootstrap, clientAt);
  const client = await ensureClient(bootstrap, clientAt, ca);
  const made = [...(ca.isNew ? (['ca'] as const) : []), ...(client.isNew ? (['client'] as const) : [])];
  return { ca: { cert: ca.cert, key: ca.key }, client: { cert: client.cert, key: client.key }, made };
}

type Ensured = { readonly cert: string; readonly key: Secret; readonly isNew: boolean };

async function ensureCa({ paths, files, user, now, renew }: Bootstrap, clientAt: PairLocation): Promise<Ensured> {
  const location: PairLocation = { what: 'CA certificate', certFile: paths.ca, keyFile: paths.caKey };
  const pair = await readPair(files, location);
  const expired = hasExpired(pair, now);
  const mustGo = pair.state !== 'missing' && (renew === 'ca' || expired);
  if (mustGo) requireOurs(location, paths.dir, expired ? 'has expired' : 'is to be renewed');
  else if (pair.state === 'whole') {
    requireFit(pair, location, now);
    if (pair.parsed.ca) return { ...pair, isNew: false };
    throw new CertificateError(`${paths.ca} is no CA certificate.`, { resource: paths.ca, nextSteps: [RENEW] });
  } else if (pair.state === 'cert-only') {
    throw new CertificateError(`The key of the CA is missing: ${paths.caKey}. Without it nothing can be signed.`, {
      resource: paths.caKey,
      nextSteps: [RENEW],
    });
  }
  // The rest of a run that was killed: the key is good, and only the certificate is missing.
  const key = !mustGo && pair.state === 'key-only' ? pair.key : undefined;
  if (key !== undefined) parseKey({ text: key, file: paths.caKey });
  const made = await createCa({ user, now, ...(key === undefined ? {} : { key }) });
  // A client certificate of the old CA must not outlive it, even if this process is killed now.
  if (isOurs(clientAt, paths.dir)) await files.remove(clientAt.certFile);
  await writePair(files, location, made);
  return { ...made, isNew: true };
}

async function ensureClient(
  { paths, files, user, now, renew }: Bootstrap,
  location: PairLocation,
  ca: Ensured,
): Promise<Ensured> {
  const pair = await readPair(files, location);
  const expired = hasExpired(pair, now);
  if (pair.state === 'whole' && !expired && renew === undefined && !(ca.isNew && isOurs(location, paths.dir))) {
    requireFit(pair, location, now);
    if (isSignedBy(pair.parsed, parseCertificate({ text: ca.cert, file: paths.ca }))) return { ...pair, isNew: false };
    throw new CertificateError(`The client certificate ${paths.cert} was not signed by the CA ${paths.ca}.`, {
      resource: paths.cert,
      nextSteps: [RENEW],
    });
  }
  if (pair.state !== 'missing') {
    const why = pair.state === 'whole' ? (expired ? 'has expired' : 'is to be renewed') : 'or its key is missing';
    requireOurs(location, paths.dir, why);
  }
  const made = await createClientCertificate({ user, now, ca });
  await writePair(files, location, made);
  return { ...made, isNew: true };
}
