import { join } from 'node:path';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { knownHostsLine, type PinnedHost } from '../ssh/pinned-host.ts';
import { storeFiles } from '../store/files.ts';
import { machinePaths } from '../store/layout.ts';
import { loadMachineSync } from '../store/load.ts';
import type { MachineRecord } from '../store/record.ts';
import { endpointOf } from './endpoint.ts';
import type { MachineContext } from './machine-context.ts';
import { checkKeyFile, keyFileOf } from './ssh-key-file.ts';

/** A machine's host over SSH, ready for any client: its key is usable and its host key is pinned. */
export interface SshHost extends PinnedHost {
  readonly machine: string;
  /** `TYPE BASE64` */
  readonly hostKey: string;
}

/** What a user of a host may be called: nothing that OpenSSH or a shell could take for more than a name. */
const USER = /^[\p{L}\p{N}_][\p{L}\p{N}_.@+$-]*$/u;

/**
 * How a machine's host is reached, by its record. The host is asked for its key only when none is pinned.
 *
 * @param user instead of the one on record
 * @throws MachineNotFoundError, UnsupportedError for a machine without a host, SshError for an unusable key or when no host answers
 */
export async function sshHost(name: string, context: MachineContext, user?: string): Promise<SshHost> {
  const machine = loadMachineSync(context.storePath, name);
  if (machine.record.DriverName === 'none') {
    throw new UnsupportedError(`${name} is a URL without a host: there is nothing to log in to.`, { resource: name });
  }
  const { host } = await endpointOf(name, context);
  const keyFile = keyFileOf(machine.record, context.storePath);
  if (keyFile !== undefined) checkKeyFile(keyFile, name);
  const port = machine.record.Driver.SSHPort || 22;
  const hostKey = machine.sidecar?.hostKey ?? (await pin({ name, host, port }, context));
  return {
    machine: name,
    host,
    port,
    user: checkedUser(user ?? userOf(machine.record), name),
    keyFile,
    hostKey,
    knownHostsFile: await writeKnownHosts(name, hostKey, context),
  };
}

/** ssh2 is loaded for a machine without a pinned key only. */
async function pin(target: { name: string; host: string; port: number }, context: MachineContext): Promise<string> {
  const { pinHostKey } = await import('./pin-host-key.ts');
  return pinHostKey(target, context);
}

/** docker-machine's defaults: its Azure driver's, else those of every driver (docker/machine:libmachine/drivers/base.go). */
function userOf({ Driver, DriverName }: MachineRecord): string {
  return Driver.SSHUser || (DriverName === 'azure' ? 'docker-user' : 'root');
}

function checkedUser(user: string, machine: string): string {
  if (USER.test(user)) return user;
  throw new UsageError(`${JSON.stringify(user)} cannot be a user of ${machine}.`, { resource: user });
}

/** Beside the record, since what is mounted reconnects long after azdock has ended. */
async function writeKnownHosts(name: string, hostKey: string, { storePath }: MachineContext): Promise<string> {
  const path = join(machinePaths(storePath, name).dir, 'known_hosts');
  const line = knownHostsLine(hostKey);
  if ((await storeFiles.read(path)) !== line) await storeFiles.write(path, line);
  return path;
}
