import type { StoredMachine } from '../store/load.ts';
import type { Store } from '../store/store.ts';
import type { SshAccess } from './deliver.ts';
import { keyFileOf } from './ssh-key-file.ts';

/** How a machine's host is reached over SSH at `host`. The key that it shows is pinned if none was. */
export function sshAccess({ record, sidecar }: StoredMachine, host: string, store: Store): SshAccess {
  const { SSHPort: port, SSHUser: user } = record.Driver;
  const { Name: machine } = record;
  return {
    machine,
    host,
    port: port || 22,
    user,
    keyFile: keyFileOf(record, store.root),
    hostKey: sidecar?.hostKey,
    onHostKey: async (hostKey) => {
      await store.updateSidecar(machine, (old) => ({ ...old, hostKey }));
    },
  };
}
