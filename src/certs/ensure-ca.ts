import { CertificateError } from '../errors/certificate-error.ts';
import type { Secret } from '../secret/secret.ts';
import type { Bootstrap } from './bootstrap.ts';
import { createCa } from './create-certificates.ts';
import { parseKey } from './inspect.ts';
import {
  hasExpired,
  isOurs,
  type PairLocation,
  RENEW,
  readPair,
  requireFit,
  requireOurs,
  withCure,
  writePair,
} from './pair.ts';

/** A certificate with its key, found or made. */
export interface Ensured {
  readonly cert: string;
  readonly key: Secret;
  readonly isNew: boolean;
}

/** The CA, made when it is missing, past its time or to be renewed. @throws CertificateError naming the file that does not fit */
export async function ensureCa(
  { paths, files, user, now, signedAt = now, renew }: Bootstrap,
  clientAt: PairLocation,
): Promise<Ensured> {
  const location: PairLocation = { what: 'CA certificate', certFile: paths.ca, keyFile: paths.caKey };
  const pair = await readPair(files, location);
  const expired = hasExpired(pair, now);
  const mustGo = pair.state !== 'missing' && (renew === 'ca' || expired);
  if (mustGo) requireOurs(location, paths.dir, expired ? 'has expired' : 'is to be renewed');
  else if (pair.state === 'unreadable') throw withCure(pair.problem, RENEW);
  else if (pair.state === 'whole') {
    requireFit(pair, location, { now, cure: RENEW });
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
  if (key !== undefined) requireKey(key, paths.caKey);
  const made = await createCa({ user, now: signedAt, ...(key === undefined ? {} : { key }) });
  // A client certificate of the old CA must not outlive it, even if this process is killed now.
  if (isOurs(clientAt, paths.dir)) await files.remove(clientAt.certFile);
  await writePair(files, location, made);
  return { ...made, isNew: true };
}

/** @throws CertificateError saying that only a new CA helps */
function requireKey(text: Secret, file: string): void {
  try {
    parseKey({ text, file });
  } catch (error) {
    throw withCure(error, RENEW);
  }
}
