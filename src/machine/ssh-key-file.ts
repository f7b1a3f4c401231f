import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NextStep } from '../errors/azdock-error.ts';
import { SshError } from '../errors/ssh-error.ts';
import { commandLine } from '../ssh/command.ts';
import { machinePaths } from '../store/layout.ts';
import type { MachineRecord } from '../store/record.ts';

/**
 * The private key of a machine; undefined when it has none and the user's own are to be tried. Paths in records are those of the
 * store's first place: in a store that was moved, the key beside the record is taken.
 */
export function keyFileOf(record: MachineRecord, storePath: string): string | undefined {
  const { dir, sshKey } = machinePaths(storePath, record.Name);
  const recorded = record.Driver.SSHKeyPath;
  if (recorded === '') return record.DriverName === 'generic' ? undefined : sshKey;
  const moved = join(dir, basename(recorded));
  return existsSync(recorded) || !existsSync(moved) ? recorded : moved;
}

/**
 * docker-machine's checks (docker/machine:libmachine/ssh/client.go): with a key that it does not like, ssh would ask for a
 * password instead.
 *
 * @throws SshError when it is missing, cannot be read, or others may read it
 */
export function checkKeyFile(path: string, machine: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw unusable(path, `The SSH key of ${machine} is missing: ${path}.`);
  if (!isReadable(path)) throw unusable(path, `The SSH key of ${machine} cannot be used: '${path}' is not readable.`);
  // Windows has no such bits; its ssh looks at access lists and says itself what is wrong with them.
  const mode = found.mode & 0o777;
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  const why = `permissions 0${mode.toString(8)} for '${path}' are too open`;
  const command = commandLine(['chmod', '600', path]);
  throw unusable(path, `The SSH key of ${machine} cannot be used: ${why}.`, [{ label: 'Mend it', command }]);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function unusable(path: string, message: string, nextSteps: readonly NextStep[] = []): SshError {
  return new SshError(message, { resource: path, failure: 'key', exitCode: 255, nextSteps });
}
