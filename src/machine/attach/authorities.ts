import { X509Certificate } from 'node:crypto';
import { certificatesOf } from '../../certs/inspect.ts';
import { storeFiles } from '../../store/files.ts';
import type { StoredMachine } from '../../store/load.ts';
import type { Store } from '../../store/store.ts';
import type { MachineCertificates } from '../machine-certificates.ts';

/** Several CAs in one file, each once, in the order in which they are given. */
export function joinAuthorities(...files: readonly string[]): string {
  const found = new Map<string, string>();
  for (const pem of files.flatMap(certificatesOf)) {
    const { fingerprint256 } = new X509Certificate(pem);
    if (!found.has(fingerprint256)) found.set(fingerprint256, pem);
  }
  return [...found.values()].join('');
}

/**
 * New certificates of a machine, such that whoever made it goes on being let in by its engine. Those of a machine that this store made
 * stay as they are.
 */
export async function withOwner(
  certificates: MachineCertificates,
  { record, sidecar }: StoredMachine,
  store: Store,
): Promise<MachineCertificates> {
  if (sidecar?.attached !== true) return certificates;
  const kept = await storeFiles.read(store.paths(record.Name).ca);
  const { host } = certificates;
  return { ...certificates, host: { ...host, ca: joinAuthorities(kept ?? '', host.ca) } };
}
