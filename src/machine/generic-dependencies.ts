import type { GenericDependencies } from '../drivers/generic/driver.ts';
import { Secret } from '../secret/secret.ts';
import { storeFiles } from '../store/files.ts';
import { openStore } from '../store/store.ts';
import type { MachineContext } from './machine-context.ts';

/** What the driver of existing hosts takes from outside. SSH is loaded when it is used. */
export function genericDependencies(name: string, context: MachineContext): GenericDependencies {
  const { clock } = context;
  return {
    clock,
    async openSsh(signal) {
      const [{ openSsh }, { sshAccess }] = await Promise.all([import('./open-ssh.ts'), import('./ssh-access.ts')]);
      const store = openStore(context.storePath, clock);
      const machine = await store.load(name);
      return openSsh(sshAccess(machine, machine.record.Driver.IPAddress, store), context, signal);
    },
    async keepKey(path, { privateKey, publicKey }) {
      await storeFiles.writeSecret(path, privateKey);
      // As private as the key itself, as docker-machine has it.
      if (publicKey !== undefined) await storeFiles.writeSecret(`${path}.pub`, new Secret(publicKey));
    },
  };
}
