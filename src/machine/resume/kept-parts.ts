import type { CertificateSet } from '../../certs/bootstrap.ts';
import { covers, parseCertificate } from '../../certs/inspect.ts';
import { storeFiles } from '../../store/files.ts';
import type { MachinePaths } from '../../store/layout.ts';
import { readKeptCertificates } from '../kept-certificates.ts';
import type { MachineCertificates } from '../machine-certificates.ts';

/** The public half of the SSH key that an earlier run has made: one `authorized_keys` line. Undefined unless both halves are there. */
export async function keptSshKey({ sshKey, sshPublicKey }: MachinePaths): Promise<string | undefined> {
  const [privateKey, publicKey] = await Promise.all([storeFiles.readSecret(sshKey), storeFiles.read(sshPublicKey)]);
  const isWhole = privateKey?.reveal().includes('-----END') === true && publicKey?.endsWith('\n') === true;
  return isWhole ? publicKey : undefined;
}

/**
 * The certificates that an earlier run has made, if they are of today's authority and serve for every name.
 * @param names addresses first; each under which the machine is to be reached
 */
export async function keptCertificates(
  paths: MachinePaths,
  names: readonly string[],
  authority: CertificateSet,
): Promise<MachineCertificates | undefined> {
  const [address = ''] = names;
  const kept = await readKeptCertificates(paths, address, new Date());
  if ('unfit' in kept) return undefined;
  const { host, client } = kept.certificates;
  if (host.ca !== authority.ca.cert || client.cert !== authority.client.cert) return undefined;
  const server = parseCertificate({ text: host.cert, file: paths.serverCert });
  return names.every((name) => covers(server, name)) ? kept.certificates : undefined;
}
