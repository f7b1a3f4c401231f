import type { Driver } from '../../drivers/driver.ts';
import { forgetKeyScript } from '../../provision/script/access.ts';
import { Secret } from '../../secret/secret.ts';
import { storeFiles } from '../../store/files.ts';
import type { Store } from '../../store/store.ts';
import { endpointOf } from '../endpoint.ts';
import { takeOff } from '../extension/remove.ts';
import type { MachineContext } from '../machine-context.ts';
import { runOnHost } from '../run-on-host.ts';
import { sshAccess } from '../ssh-access.ts';

/** What becomes of a host that was there before the machine. */
export interface HostFate {
  /** It goes, with its disks and addresses. */
  readonly withVm: boolean;
  /** It loses the engine's settings, certificates and azdock's key. */
  readonly purge: boolean;
}

export interface LettingGo {
  readonly name: string;
  readonly driver: Driver;
  readonly store: Store;
  readonly context: MachineContext;
  readonly fate: HostFate;
  /** Its adoption got to its end, so that there is an engine. */
  readonly isWhole: boolean;
}

/**
 * Prepares the removal of a machine whose host stays: the engine and its containers run on without azdock's extension. Of one whose
 * host is to go that is written down, so that a removal which is broken off is gone on with.
 *
 * @throws NotRunningError when the host has to run for that; ArmError, SshError, ProvisionError
 */
export async function prepareToLetGo(job: LettingGo): Promise<void> {
  const { name, driver, store, context, fate, isWhole } = job;
  const { signal } = context;
  if (fate.withVm) return driver.adopted?.claim(await store.journal(name), signal);
  const machine = await store.load(name);
  const isClaimed = machine.sidecar?.journal.some(({ id }) => /\/virtualmachines\/[^/]+$/i.test(id)) === true;
  if (isClaimed || !isWhole || (await driver.state(signal)).state === 'NotFound') return;
  await takeOff({ name, machine, store, context }, { name, purge: fate.purge, restartContainers: false });
  if (fate.purge) await forgetKey(job);
}

/** The last thing that is done over SSH. */
async function forgetKey({ name, store, context }: LettingGo): Promise<void> {
  const publicKey = await storeFiles.read(store.paths(name).sshPublicKey);
  if (publicKey === undefined) return;
  const machine = await store.load(name);
  const { host } = await endpointOf(name, context);
  const access = sshAccess(machine, host, store);
  const script = new Secret(forgetKeyScript({ user: access.user, publicKey }));
  await context.progress.step(`SSH key of azdock off ${host}`, async (step) => {
    await runOnHost({ access, script, failed: `azdock's key could not be taken off ${host}`, step, context });
  });
}
