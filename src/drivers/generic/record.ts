import { basename, join } from 'node:path';
import type { DriverRecord } from '../../store/record.ts';
import type { GenericOptions } from './options.ts';

/** Where a machine's files are. */
export interface GenericRecordBase {
  readonly machineName: string;
  /** The store's root. */
  readonly storePath: string;
  /** The machine's directory. */
  readonly directory: string;
}

/** Names in a machine's directory that belong to something else than an SSH key, `key.pem` among them. */
const TAKEN =
  /^(config\.json(\.bak|\.tmp.*)?|azdock\.json|known_hosts|(ca|cert|key|server|server-key)\.pem)$|\.pub$|^\.\.?$/i;

/** Writes the `Driver` object as docker-machine does, key for key and in its order (docker/machine:drivers/generic/generic.go). */
export function genericDriverRecord(options: GenericOptions, base: GenericRecordBase): DriverRecord {
  const { sshKey } = options;
  return {
    IPAddress: options.ipAddress,
    MachineName: base.machineName,
    SSHUser: options.sshUser,
    SSHPort: options.sshPort,
    SSHKeyPath: sshKey === undefined ? '' : join(base.directory, copyName(sshKey)),
    StorePath: base.storePath,
    SwarmMaster: false,
    SwarmHost: 'tcp://0.0.0.0:3376',
    SwarmDiscovery: '',
    EnginePort: options.enginePort,
    SSHKey: sshKey ?? '',
  };
}

/** The copy is called as the key is, but never as another file of the machine: docker-machine lets `key.pem` overwrite the client's. */
function copyName(sshKey: string): string {
  const name = basename(sshKey);
  return TAKEN.test(name) ? 'id_rsa' : name;
}
