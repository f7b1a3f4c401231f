import type { X509Certificate } from 'node:crypto';
import { covers, isExpired, isKeyOf, isNotYetValid, isSignedBy, parseCertificate } from '../certs/inspect.ts';
import { CertificateError } from '../errors/certificate-error.ts';
import type { Secret } from '../secret/secret.ts';
import { storeFiles } from '../store/files.ts';
import type { MachinePaths } from '../store/layout.ts';
import type { MachineCertificates } from './machine-certificates.ts';

/** A machine's certificates as they lie in its directory; `unfit` completes "its certificates are made anew: ". */
export type KeptCertificates = { readonly certificates: MachineCertificates } | { readonly unfit: string };

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
  if (
    ca === undefined ||
    cert === undefined ||
    key === undefined ||
    serverCert === undefined ||
    serverKey === undefined
  )
    return { unfit: 'some of them are missing' };
  try {
    const server = parseCertificate({ text: serverCert, file: paths.serverCert });
    const client = parseCertificate({ text: cert, file: paths.cert });
    const authority = parseCertificate({ text: ca, file: paths.ca });
    const unfit =
      timeProblem({ 'the CA': authority, 'the server certificate': server, 'the client certificate': client }, now) ??
      pairProblem('the server certificate', {
        certificate: server,
        key: serverKey,
        file: paths.serverKey,
        authority,
      }) ??
      pairProblem('the client certificate', { certificate: client, key, file: paths.key, authority });
    if (unfit !== undefined) return { unfit };
    if (!covers(server, address)) return { unfit: `the server certificate is not for ${address}` };
    const host = { ca, cert: serverCert, key: serverKey };
    return { certificates: { host, client: { cert, key }, serial: server.serialNumber } };
  } catch (error) {
    if (error instanceof CertificateError) return { unfit: error.message.replace(/\.$/, '') };
    throw error;
  }
}

function timeProblem(certificates: Readonly<Record<string, X509Certificate>>, now: Date): string | undefined {
  for (const [what, certificate] of Object.entries(certificates)) {
    if (isExpired(certificate, now)) return `${what} has expired`;
    if (isNotYetValid(certificate, now)) return `${what} is not valid yet`;
  }
  return undefined;
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
