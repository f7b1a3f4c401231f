import type { Driver } from '../drivers/driver.ts';
import type { Store } from '../store/store.ts';
import type { HostFate } from './adopt/let-go.ts';
import { removeDockerContexts } from './docker-context.ts';
import { despiteDisk, forgivingJournal } from './forgiving-journal.ts';
import type { MachineContext } from './machine-context.ts';
import { openDriver } from './open-driver.ts';
import { requireUnprotected } from './protect.ts';
import { endTunnel } from './tunnel/end-tunnel.ts';

const STAYS: HostFate = { withVm: false, purge: false };

/** A machine that this process has locked. */
export interface HeldRemoval {
  readonly name: string;
  /** @defaultValue the one that the record names */
  readonly driver?: Driver;
  readonly store: Store;
  readonly context: MachineContext;
  /** Of a host that was there before the machine. @defaultValue it stays as it is */
  readonly fate?: HostFate;
}

/** Removes a machine that is locked, with everything that belongs to it; its local files last. @throws as `removeMachine` */
export async function removeHeld(held: HeldRemoval): Promise<void> {
  await removeFromCloud(held);
  await dropFiles(held);
}

/** Removes what the machine has elsewhere, so that only its local files are left. */
export async function removeFromCloud({ name, driver, store, context, fate = STAYS }: HeldRemoval): Promise<void> {
  const { record, sidecar } = await store.load(name);
  requireUnprotected(name, sidecar);
  const opened = driver ?? (await openDriver(name, context));
  await endTunnel(name, context);
  const told = new Set<string>();
  const tell = ({ message }: Error) => {
    if (!told.has(message)) context.progress.warn(`${message} The removal goes on.`);
    told.add(message);
  };
  if (record.DriverName === 'azure')
    await despiteDisk(() => store.updateSidecar(name, (old) => ({ ...old, phase: 'removing' })), tell);
  if (sidecar?.attached === true && !fate.withVm) {
    context.progress.info(`${name} stays in Azure: another store made it.`);
    if (!fate.purge) return;
    const { leaveMachine } = await import('./attach/leave.ts');
    return leaveMachine({ name, driver: opened, store, context });
  }
  if (opened.adopted !== undefined) {
    const { prepareToLetGo } = await import('./adopt/let-go.ts');
    const isWhole = sidecar?.phase === 'ready' || sidecar?.phase === 'removing';
    await prepareToLetGo({ name, driver: opened, store, context, fate, isWhole });
  }
  await opened.remove(forgivingJournal(await store.journal(name), tell), context.progress, context.signal);
}

/** Forgets the machine on this computer. */
export async function dropFiles({ name, store, context }: HeldRemoval): Promise<void> {
  await removeDockerContexts(name, context);
  await store.remove(name);
}
