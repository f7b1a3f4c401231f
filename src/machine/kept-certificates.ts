import type { X509Certificate } from 'node:crypto';
import { covers, isExpired, isKeyOf, isNotYetValid, isSignedBy, issuerOf, parseCertificate } from '../certs/inspect.ts';
import { CertificateError } from '../errors/certificate-error.ts';
import type { HostCertificates } from '../provision/provisioning.ts';
import type { Secret } from '../secret/secret.ts';
import { storeFiles } from '../store/files.ts';
import type { MachinePaths } from '../store/layout.ts';
import type { MachineCertificates } from './machine-certificates.ts';

/** What a machine's engine has, and is to keep. */
export interface EngineSide {
  readonly host: HostCertificates;
  /** Upper-case hex. */
  readonly serial: string;
}

/**
 * A machine's certificates as they lie in its directory; `unfit` completes "its certificates are made anew: ". With `engineSide` only
 * the client's part does not serve.
 */
export type KeptCertificates =
  | { readonly certificates: MachineCertificates }
  | { readonly unfit: string; readonly engineSide?: EngineSide };

/**
 * Reads what a machine's engine and its clients have, and judges whether it still serves for reaching the engine at `address`.
 * @throws StoreError when a file is there and cannot be read
 */
export async function readKeptCertificates(paths: MachinePaths, address: string, now: Date): Promise<KeptCertificates> {
  const [ca, cert, key, serverCert, serverKey] = await Promise.all([
    storeFiles.read(paths.ca),
    storeFiles.read(paths.cert),
    storeFiles.readSecret(paths.key),
    storeFiles.read(paths.serverCert),
    storeFiles.readSecret(paths.serverKey),
  ]);
  const missing = 'some of them are missing';
  if (ca === undefined || serverCert === undefined || serverKey === undefined) return { unfit: missing };
  const host = { ca, cert: serverCert, key: serverKey };
  const unfit = problemOf(() => engineProblem(paths, host, address, now));
  if (unfit !== undefined) return { unfit };
  const serial = parseCertificate({ text: serverCert, file: paths.serverCert }).serialNumber;
  const engineSide = { host, serial };
  if (cert === undefined || key === undefined) return { unfit: missing, engineSide };
  const clientUnfit = problemOf(() => clientProblem({ cert, key, ca, paths, now }));
  return clientUnfit === undefined
    ? { certificates: { ...engineSide, client: { cert, key } } }
    : { unfit: clientUnfit, engineSide };
}

/** What a client's certificate and its key are, and whom they have to fit. */
export interface ClientSide {
  readonly cert: string;
  readonly key: Secret;
  readonly ca: string;
  readonly paths: Pick<MachinePaths, 'ca' | 'cert' | 'key'>;
  readonly now: Date;
}

/** Why a client certificate does not serve with a CA. Undefined when it does. @throws CertificateError for what is none */
export function clientProblem({ cert, key, ca, paths, now }: ClientSide): string | undefined {
  const certificate = parseCertificate({ text: cert, file: paths.cert });
  const authority = issuerOf(certificate, { text: ca, file: paths.ca });
  const what = 'the client certificate';
  return timeProblem(what, certificate, now) ?? pairProblem(what, { certificate, key, file: paths.key, authority });
}

function engineProblem(paths: MachinePaths, host: HostCertificates, address: string, now: Date): string | undefined {
  const certificate = parseCertificate({ text: host.cert, file: paths.serverCert });
  const authority = issuerOf(certificate, { text: host.ca, file: paths.ca });
  const what = 'the server certificate';
  return (
    timeProblem('the CA', authority, now) ??
    timeProblem(what, certificate, now) ??
    pairProblem(what, { certificate, key: host.key, file: paths.serverKey, authority }) ??
    (covers(certificate, address) ? undefined : `${what} is not for ${address}`)
  );
}

/** The judge's verdict, or what is wrong with what was to be judged. */
function problemOf(judge: () => string | undefined): string | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof CertificateError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

function timeProblem(what: string, certificate: X509Certificate, now: Date): string | undefined {
  if (isExpired(certificate, now)) return `${what} has expired`;
  return isNotYetValid(certificate, now) ? `${what} is not valid yet` : undefined;
}

interface Pair {
  readonly certificate: X509Certificate;
  readonly key: Secret;
  readonly file: string;
  readonly authority: X509Certificate;
}

function pairProblem(what: string, { certificate, key, file, authority }: Pair): string | undefined {
  if (!isKeyOf(certificate, { text: key, file })) return `${what} and its key are no pair`;
  return isSignedBy(certificate, authority) ? undefined : `${what} was signed by another CA`;
}
