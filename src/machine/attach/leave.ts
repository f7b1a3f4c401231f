import type { Driver } from '../../drivers/driver.ts';
import { leaveScript } from '../../provision/script/access.ts';
import { storeFiles } from '../../store/files.ts';
import type { Store } from '../../store/store.ts';
import { ensureAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';

export interface Leaving {
  readonly name: string;
  readonly driver: Driver;
  readonly store: Store;
  readonly context: MachineContext;
}

/** Takes this store's key and CA off a machine that another store made. @throws ProvisionError, ArmError */
export async function leaveMachine({ name, driver, store, context }: Leaving): Promise<void> {
  const publicKey = await storeFiles.read(store.paths(name).sshPublicKey);
  const { ca } = await ensureAuthority(store, context);
  const { SSHUser: user } = (await store.load(name)).record.Driver;
  if (publicKey === undefined) return;
  await context.progress.step(`SSH key and CA of this store off ${name}`, async () => {
    await driver.runScript?.(leaveScript({ user, publicKey }, ca.cert), context.signal);
  });
}
