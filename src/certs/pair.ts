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
  /** The certificate's file holds something else. */
  | { readonly state: 'unreadable'; readonly problem: CertificateError }
  | { readonly state: 'cert-only'; readonly cert: string; readonly parsed: X509Certificate }
  | { readonly state: 'whole'; readonly cert: string; readonly key: Secret; readonly parsed: X509Certificate };

/** What to do when a CA cannot be used: `--client-certs` makes it anew, and the client certificate with it. */
export const RENEW: NextStep = {
  label: 'Make a new CA and client certificate',
  command: 'azdock regenerate-certs --client-certs',
};
/** What to do when only the client certificate cannot be used. */
export const MEND: NextStep = {
  label: 'Make a new client certificate, of the same CA',
  command: 'azdock regenerate-certs --repair',
};

/** @throws StoreError */
export async function readPair(files: CertificateFiles, { certFile, keyFile }: PairLocation): Promise<Pair> {
  const [cert, key] = await Promise.all([files.read(certFile), files.readSecret(keyFile)]);
  if (cert === undefined) return key === undefined ? { state: 'missing' } : { state: 'key-only', key };
  let parsed: X509Certificate;
  try {
    parsed = parseCertificate({ text: cert, file: certFile });
  } catch (problem) {
    if (problem instanceof CertificateError) return { state: 'unreadable', problem };
    throw problem;
  }
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

/** @param cure what to do about it. @throws CertificateError when key and certificate are no pair, or the certificate is not valid yet */
export function requireFit(
  pair: Pair & { state: 'whole' },
  location: PairLocation,
  { now, cure }: { readonly now: Date; readonly cure: NextStep },
): void {
  const { what, certFile, keyFile } = location;
  if (!hasItsKey(pair, keyFile, cure)) {
    throw new CertificateError(`The key ${keyFile} does not belong to the ${what} ${certFile}.`, {
      resource: keyFile,
      nextSteps: [cure],
    });
  }
  if (isNotYetValid(pair.parsed, now)) {
    throw new CertificateError(
      `The ${what} ${certFile} is not valid before ${pair.parsed.validFromDate.toISOString()}, and it is ${now.toISOString()} on this computer. Is its clock right?`,
      {
        resource: certFile,
        nextSteps: [
          { label: "Compare it with Azure's", command: 'azdock doctor' },
          { ...RENEW, label: 'If it is right, make new ones' },
        ],
      },
    );
  }
}

function hasItsKey({ parsed, key }: Pair & { state: 'whole' }, file: string, cure: NextStep): boolean {
  try {
    return isKeyOf(parsed, { text: key, file });
  } catch (error) {
    throw withCure(error, cure);
  }
}

/** The same error, with what to do about it. */
export function withCure(error: unknown, cure: NextStep): unknown {
  return error instanceof CertificateError
    ? new CertificateError(error.message, {
        nextSteps: [cure],
        cause: error.cause,
        ...(error.resource === undefined ? {} : { resource: error.resource }),
      })
    : error;
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
