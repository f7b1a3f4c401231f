import { join } from 'node:path';
import { MachineNotFoundError } from '../errors/machine-not-found-error.ts';
import { UsageError } from '../errors/usage-error.ts';

/** The certificates that all machines of a store share, absolute paths. */
export interface CertificatePaths {
  readonly dir: string;
  readonly ca: string;
  readonly caKey: string;
  readonly cert: string;
  readonly key: string;
}

/** Everything that belongs to one machine, absolute paths. */
export interface MachinePaths {
  readonly dir: string;
  readonly record: string;
  /** The record as it was before azdock or docker-machine changed its format. */
  readonly recordBackup: string;
  readonly sidecar: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly sshKey: string;
  readonly sshPublicKey: string;
}

/** Longest name of a new machine: a host name's label (RFC 1123, 2.1). */
export const MAX_NAME_LENGTH = 63;

/** What docker-machine accepts (docker/machine:libmachine/host/host.go). */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9.-]*$/;

/** @throws UsageError when no machine may be created under that name */
export function requireNewName(name: string): void {
  if (NAME.test(name) && name.length <= MAX_NAME_LENGTH) return;
  throw new UsageError(
    `${JSON.stringify(name)} cannot be a machine name: letters, digits, '-' and '.', beginning with a letter or digit, at most ${MAX_NAME_LENGTH}.`,
    { resource: name },
  );
}

/** Whether docker-machine could have made a machine of that name, which may be longer than a new one's. */
export function isMachineName(name: string): boolean {
  return NAME.test(name);
}

/** True for what can be a machine's directory: one visible path segment, though perhaps not a name that azdock would give. */
export function isDirectoryName(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !/[/\\\0]/.test(name);
}

/** The directory that holds one sub-directory a machine. GitLab Runner and Ansible read it, too. */
export function machinesDir(root: string): string {
  return join(root, 'machines');
}

/** Lock files are kept apart from `machines/`, whose sub-directories other programs take for machines. */
export function locksDir(root: string): string {
  return join(root, '.locks');
}

export function certificatePaths(root: string): CertificatePaths {
  const dir = join(root, 'certs');
  return {
    dir,
    ca: join(dir, 'ca.pem'),
    caKey: join(dir, 'ca-key.pem'),
    cert: join(dir, 'cert.pem'),
    key: join(dir, 'key.pem'),
  };
}

/** @throws MachineNotFoundError when `name` could not even be a directory of the store */
export function machinePaths(root: string, name: string): MachinePaths {
  if (!isDirectoryName(name)) throw new MachineNotFoundError(name);
  const dir = join(machinesDir(root), name);
  return {
    dir,
    record: join(dir, 'config.json'),
    recordBackup: join(dir, 'config.json.bak'),
    sidecar: join(dir, 'azdock.json'),
    ca: join(dir, 'ca.pem'),
    cert: join(dir, 'cert.pem'),
    key: join(dir, 'key.pem'),
    serverCert: join(dir, 'server.pem'),
    serverKey: join(dir, 'server-key.pem'),
    sshKey: join(dir, 'id_rsa'),
    sshPublicKey: join(dir, 'id_rsa.pub'),
  };
}
