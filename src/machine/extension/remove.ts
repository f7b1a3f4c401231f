import type { Driver } from '../../drivers/driver.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import { changeRemembered, recallProvisioning } from '../../provision/remembered.ts';
import { purgeScript } from '../../provision/script/purge.ts';
import { loadSidecarSync } from '../../store/load.ts';
import { actOnAll, type HeldMachine } from '../act-on-all.ts';
import { endpointOf } from '../endpoint.ts';
import { requireHost } from '../host.ts';
import type { MachineContext } from '../machine-context.ts';
import { driverOf } from '../open-driver.ts';
import { requireRunning } from '../require-running.ts';
import { runOnHost } from '../run-on-host.ts';
import { sshAccess } from '../ssh-access.ts';
import { changeCompose, WITHOUT_COMPOSE } from './change-compose.ts';
import { handOver } from './hand-over.ts';
import { ownExtensions } from './own-extension.ts';
import { requireFinished } from './require-finished.ts';

export interface ExtensionRemoval {
  readonly name: string;
  /** The host is to lose what azdock has put there, too. */
  readonly purge: boolean;
  /** The engine may stop its containers while it restarts. */
  readonly restartContainers: boolean;
}

export interface RemovedExtension {
  readonly name: string;
  /** Names of the extensions that are off now. */
  readonly removed: readonly string[];
  readonly purged: boolean;
}

/** Names of the extensions that a removal would look for, from what is on record alone. @throws RecordError */
export function extensionsToRemove(name: string, context: Pick<MachineContext, 'storePath'>): readonly string[] {
  return ownExtensions(loadSidecarSync(context.storePath, name));
}

/**
 * Takes azdock's extension off a machine. Engine and containers stay as they are, and from then on the machine is provisioned over SSH.
 * Can be run again until it succeeds.
 *
 * @throws MachineNotFoundError, UnsupportedError for a machine without a host, NotRunningError, ArmError, SshError, ProvisionError
 */
export async function removeExtension(request: ExtensionRemoval, context: MachineContext): Promise<RemovedExtension> {
  const { done, failures } = await actOnAll([request.name], context, (held) => remove(held, request));
  const [removed] = done;
  if (removed === undefined) throw failures[0];
  return removed;
}

async function remove(held: HeldMachine, request: ExtensionRemoval): Promise<RemovedExtension> {
  requireHost(held.machine.record);
  requireFinished(held);
  return takeOff(held, request);
}

/** The same for a machine that is locked, in whatever phase it is. @throws as {@link removeExtension} */
export async function takeOff(held: HeldMachine, request: ExtensionRemoval): Promise<RemovedExtension> {
  const { name, machine, store, context } = held;
  const { sidecar } = machine;
  const candidates = ownExtensions(sidecar);
  if (candidates.length === 0 && !request.purge) return { name, removed: [], purged: false };
  const driver = await driverOf(machine, context);
  await requireRunning(name, driver, context.signal);
  // Also when it is gone already: its handler has left the engine stopped.
  const isHandOver = sidecar?.provisioner === 'docker-extension' || candidates.includes(DOCKER_EXTENSION.type);
  const present = await presentOf(driver, candidates, context.signal);
  const others = present.filter((each) => each !== DOCKER_EXTENSION.type);
  if (isHandOver) await handOver({ held, driver, restartContainers: request.restartContainers });
  for (const each of others)
    await context.progress.step(`${each} off ${name}`, async () => {
      await driver.extensions?.remove(each, await store.journal(name), context.signal);
    });
  if (candidates.length > 0) await store.updateSidecar(name, (old) => ({ ...old, provisioner: 'ssh' }));
  if (request.purge) await purge(held, request);
  const removed = [...(isHandOver ? [DOCKER_EXTENSION.type] : []), ...others];
  return { name, removed, purged: request.purge };
}

async function presentOf(driver: Driver, names: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found = await Promise.all(names.map((name) => driver.extensions?.get(name, signal)));
  return names.filter((_, index) => found[index] !== undefined);
}

async function purge({ name, machine, store, context }: HeldMachine, request: ExtensionRemoval): Promise<void> {
  const { record, sidecar } = machine;
  const { login } = recallProvisioning(sidecar?.provision);
  const { removals } = changeCompose(sidecar?.provision, WITHOUT_COMPOSE);
  const script = purgeScript({ keepContainers: !request.restartContainers, removals, logout: login });
  const { host } = await endpointOf(name, context);
  const access = sshAccess(await store.load(name), host, store);
  await context.progress.step(`Docker on ${name}, as its package has it`, async (step) => {
    await runOnHost({ access, script, failed: `${name} could not be cleaned`, step, context });
  });
  const nothing = { adminUser: record.Driver.SSHUser, compose: null, login: null };
  await store.updateSidecar(name, (old) => ({ ...old, provision: changeRemembered(old.provision, nothing) }));
}
