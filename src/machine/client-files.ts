import { existsSync } from 'node:fs';
import { CertificateError } from '../errors/certificate-error.ts';
import { Secret } from '../secret/secret.ts';
import { machinePaths } from '../store/layout.ts';
import { readStoreFileSync } from '../store/read-file.ts';
import type { MachineRecord } from '../store/record.ts';

/** The three files that a Docker client takes, of one machine. */
export interface ClientFiles {
  readonly dir: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** PEM texts. @throws CertificateError naming the file that cannot be read */
  read(): { readonly ca: string; readonly cert: string; readonly key: Secret };
}

/**
 * The copies in the machine's directory: they belong to the certificates that this machine's engine has, also while the
 * store's own were renewed since.
 */
export function clientFiles(storePath: string, record: MachineRecord): ClientFiles {
  const { dir, ca, cert, key } = placeOf(storePath, record);
  const read = (file: string): string => {
    const unusable = (why: string, cause?: unknown) =>
      new CertificateError(`${record.Name} has no usable certificates: ${why}`, {
        resource: file,
        nextSteps: [{ label: 'Make new ones', command: `azdock regenerate-certs ${record.Name}` }],
        cause,
      });
    try {
      const text = readStoreFileSync(file);
      if (text !== undefined) return text;
    } catch (error) {
      throw unusable(error instanceof Error ? error.message : String(error), error);
    }
    throw unusable(`${file} is missing.`);
  };
  return { dir, ca, cert, key, read: () => ({ ca: read(ca), cert: read(cert), key: new Secret(read(key)) }) };
}

/** docker-machine copies nothing for a machine of driver `none`: there it is the store's own set that was used from the start. */
function placeOf(storePath: string, record: MachineRecord): Pick<ClientFiles, 'dir' | 'ca' | 'cert' | 'key'> {
  const own = machinePaths(storePath, record.Name);
  if (record.DriverName !== 'none' || existsSync(own.ca)) return own;
  const { CertDir: dir, CaCertPath: ca, ClientCertPath: cert, ClientKeyPath: key } = record.HostOptions.AuthOptions;
  return { dir, ca, cert, key };
}
