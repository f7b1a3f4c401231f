import { CertificateError } from '../errors/certificate-error.ts';
import type { Bootstrap } from './bootstrap.ts';
import { createClientCertificate } from './create-certificates.ts';
import type { Ensured } from './ensure-ca.ts';
import { isNotYetValid, isSignedBy, parseCertificate } from './inspect.ts';
import {
  hasExpired,
  isOurs,
  MEND,
  type Pair,
  type PairLocation,
  readPair,
  requireFit,
  requireOurs,
  withCure,
  writePair,
} from './pair.ts';

/** The client certificate, made when it is missing, past its time, of a CA before this one, or to be renewed. @throws CertificateError */
export async function ensureClient(
  { paths, files, user, now, signedAt = now, renew }: Bootstrap,
  location: PairLocation,
  ca: Ensured,
): Promise<Ensured> {
  const pair = await readPair(files, location);
  const expired = hasExpired(pair, now);
  const mayStay = renew !== 'ca' && renew !== 'client' && !(ca.isNew && isOurs(location, paths.dir));
  if (pair.state === 'whole' && !expired && mayStay) {
    const misfit = misfitOf(pair, { location, ca, caFile: paths.ca, now });
    if (misfit === undefined) return { ...pair, isNew: false };
    if (renew !== 'misfit' || isNotYetValid(pair.parsed, now)) throw misfit;
  }
  if (pair.state === 'unreadable' && renew === undefined && !ca.isNew) throw withCure(pair.problem, MEND);
  if (pair.state !== 'missing') {
    const why =
      pair.state === 'whole'
        ? expired
          ? 'has expired'
          : renew === 'misfit'
            ? 'does not fit'
            : 'is to be renewed'
        : pair.state === 'unreadable'
          ? 'holds something else'
          : 'or its key is missing';
    requireOurs(location, paths.dir, why);
  }
  const made = await createClientCertificate({ user, now: signedAt, ca });
  await writePair(files, location, made);
  return { ...made, isNew: true };
}

/** What keeps a client certificate from being used with its key and with the CA. */
function misfitOf(
  pair: Pair & { state: 'whole' },
  {
    location,
    ca,
    caFile,
    now,
  }: { readonly location: PairLocation; readonly ca: Ensured; readonly caFile: string; readonly now: Date },
): CertificateError | undefined {
  try {
    requireFit(pair, location, { now, cure: MEND });
  } catch (error) {
    if (error instanceof CertificateError) return error;
    throw error;
  }
  if (isSignedBy(pair.parsed, parseCertificate({ text: ca.cert, file: caFile }))) return undefined;
  return new CertificateError(`The client certificate ${location.certFile} was not signed by the CA ${caFile}.`, {
    resource: location.certFile,
    nextSteps: [MEND],
  });
}
