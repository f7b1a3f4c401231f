import type { X509Certificate } from 'node:crypto';
import { dirname } from 'node:path';
import { CertificateError } from '../errors/certificate-error.ts';
import type { NextStep } from '../errors/azdock-error.ts';
import type { Secret } from '../secret/secret.ts';
import { isExpired, isKeyOf, isNotYetValid, parseCertificate } from './inspect.ts';

/** How certificates reach the disk: modes, atomic writes and errors are the store's business. */
export interface CertificateFiles {
  read(path: string): Promise<string | undefined>;
  readSecret(path: string): Promise<Secret | undefined>;
  write(path: string, text: string): Promise<void>;
  writeSecret(path: string, text: Secret): Promise<void>;
  remove(path: string): Promise<void>;
  makeDirectory(path: string): Promise<void>;
}

/** Where a certificate and its key are, absolute paths. */
export interface PairLocation {
  /** In words, for errors: "CA certificate". */
  readonly what: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate and its key, as found. */
export type Pair =
  | { readonly state: 'missing' }
  | { readonly state: 'key-only'; readonly key: Secret }
  | { readonly state: 'cert-only'; readonly cert: string; readonly parsed: X509Certificate }
  | { readonly state: 'whole'; readonly cert: string; readonly key: Secret; readonly parsed: X509Certificate };

/** What to do when certificates do not fit: `--client-certs` renews CA and client certificate. */
export const RENEW: NextStep = {
  label: 'Make new certificates, for all machines',
  command: 'azdock regenerate-certs --client-certs',
};

/** @throws CertificateError when the certificate cannot be read; StoreError */
export async function readPair(files: CertificateFiles, { certFile, keyFile }: PairLocation): Promise<Pair> {
  const [cert, key] = await Promise.all([files.read(certFile), files.readSecret(keyFile)]);
  if (cert === undefined) return key === undefined ? { state: 'missing' } : { state: 'key-only', key };
  const parsed = parseCertificate({ text: cert, file: certFile });
  return key === undefined ? { state: 'cert-only', cert, parsed } : { state: 'whole', cert, key, parsed };
}

/** True when both files are in azdock's own directory. Those that the user brought are never replaced. */
export function isOurs({ certFile, keyFile }: PairLocation, dir: string): boolean {
  return dirname(certFile) === dir && dirname(keyFile) === dir;
}

/** @throws CertificateError when azdock may not replace the pair */
export function requireOurs(location: PairLocation, dir: string, why: string): void {
  if (isOurs(location, dir)) return;
  throw new CertificateError(
    `The ${location.what} ${location.certFile} ${why}. azdock does not replace certificates outside ${dir}: put a new one there, with its key ${location.keyFile}.`,
    { resource: location.certFile },
  );
}

/** @throws CertificateError when key and certificate are no pair, or the certificate is not valid yet */
export function requireFit(pair: Pair & { state: 'whole' }, location: PairLocation, now: Date): void {
  const { what, certFile, keyFile } = location;
  if (!isKeyOf(pair.parsed, { text: pair.key, file: keyFile })) {
    throw new CertificateError(`The key ${keyFile} does not belong to the ${what} ${certFile}.`, {
      resource: keyFile,
      nextSteps: [RENEW],
    });
  }
  if (isNotYetValid(pair.parsed, now)) {
    throw new CertificateError(
      `The ${what} ${certFile} is not valid before ${pair.parsed.validFromDate.toISOString()}, and it is ${now.toISOString()} on this computer. Is its clock right?`,
      { resource: certFile },
    );
  }
}

/** True when a certificate is there, and past its time. */
export function hasExpired(pair: Pair, now: Date): boolean {
  return 'parsed' in pair && isExpired(pair.parsed, now);
}

/**
 * Writes a new pair so that a crash at any moment leaves what the next run completes: first the old certificate goes, and
 * the new one comes last. A key without certificate is a beginning, a certificate with another's key would be an error.
 */
export async function writePair(
  files: CertificateFiles,
  { certFile, keyFile }: PairLocation,
  made: { readonly cert: string; readonly key: Secret },
): Promise<void> {
  await files.remove(certFile);
  await files.writeSecret(keyFile, made.key);
  await files.write(certFile, made.cert);
}
