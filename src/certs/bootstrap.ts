import { dirname } from 'node:path';
import type { Secret } from '../secret/secret.ts';
import { ensureCa } from './ensure-ca.ts';
import { ensureClient } from './ensure-client.ts';
import type { CertificateFiles, PairLocation } from './pair.ts';
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
  /** From when new ones are to be valid, where that is not the same: a clock may be wrong. @defaultValue now */
  readonly signedAt?: Date;
  /**
   * Makes new ones though the old are good; a new CA always brings a new client certificate. `misfit` makes a client certificate anew that
   * does not fit its key or the CA. @defaultValue nothing
   */
  readonly renew?: 'ca' | 'client' | 'misfit';
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
