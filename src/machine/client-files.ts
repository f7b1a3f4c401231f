import { readFileSync } from 'node:fs';
import { CertificateError } from '../errors/certificate-error.ts';
import { Secret } from '../secret/secret.ts';
import { machinePaths } from '../store/layout.ts';
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
  const { dir, ca, cert, key } = machinePaths(storePath, record.Name);
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new CertificateError(`${record.Name} has no usable certificates: ${file} cannot be read.`, {
        resource: file,
        nextSteps: [{ label: 'Make new ones', command: `azdock regenerate-certs ${record.Name}` }],
        cause: error,
      });
    }
  };
  return { dir, ca, cert, key, read: () => ({ ca: read(ca), cert: read(cert), key: new Secret(read(key)) }) };
}
