import { existsSync } from 'node:fs';
import { type CertificateSet, ensureCertificates } from '../certs/bootstrap.ts';
import { storeFiles } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import { authorityFiles } from './authority-files.ts';
import type { MachineContext } from './machine-context.ts';

/**
 * Looks at CA and client certificate as a creation would, and writes nothing.
 * @returns which of them a creation would make
 * @throws CertificateError
 */
export async function previewAuthority(store: Store, context: MachineContext): Promise<CertificateSet['made']> {
  const paths = authorityFiles(store, context);
  const isNamed = Object.values(context.tls).some((file) => file !== undefined);
  if (!isNamed && !existsSync(paths.ca)) return ['ca', 'client'];
  const nothing = async () => {};
  const files = { ...storeFiles, write: nothing, writeSecret: nothing, remove: nothing, makeDirectory: nothing };
  return (await ensureCertificates({ paths, files, user: context.user, now: new Date() })).made;
}
