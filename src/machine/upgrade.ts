import type { Driver } from '../drivers/driver.ts';
import { ProvisionError } from '../errors/provision-error.ts';
import { type EngineUpgrade, upgradeEngine } from '../provision/upgrade.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { bringUp } from './bring-up.ts';
import { locate } from './current-address.ts';
import { requireHost } from './host.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { openSsh } from './open-ssh.ts';
import { sshAccess } from './ssh-access.ts';
import { begunWork, unfinishedSteps } from './unfinished-work.ts';

/** A machine whose engine is as new as its packages. */
export interface UpgradedMachine extends EngineUpgrade {
  readonly name: string;
  /** What the engine itself says afterwards. */
  readonly engineVersion: string | null;
}

/** Upgrades the engines of machines over SSH; those that are stopped are started first. @throws as `actOnAll` */
export async function upgradeMachines(
  names: readonly string[],
  context: MachineContext,
): Promise<Outcome<UpgradedMachine>> {
  return actOnAll(names, context, upgradeMachine);
}

async function upgradeMachine(found: HeldMachine): Promise<UpgradedMachine> {
  const { name, machine, store, context } = found;
  requireHost(machine.record);
  requireFinished(found);
  const driver = await driverOf(machine, context);
  await startIfStopped(found, driver);
  const { held, host } = await locate({ ...found, machine: await store.load(name) }, driver);
  const upgrade = await context.progress.step(`Upgrade Docker on ${name}`, async (step) => {
    const session = await openSsh(sshAccess(held.machine, host, store), context, context.signal);
    try {
      return await upgradeEngine({ session, machine: name, step, signal: context.signal });
    } finally {
      session.close();
    }
  });
  const { engineVersion } = await bringUp(held, driver);
  return { name, ...upgrade, engineVersion };
}

async function startIfStopped(held: HeldMachine, driver: Driver): Promise<void> {
  const { progress, signal } = held.context;
  const { state } = await driver.state(signal);
  if (state === 'Running') return;
  // docker-machine's words (docker/machine:libmachine/host/host.go).
  progress.info('Starting machine so machine can be upgraded...');
  await driver.start(progress, signal);
  await bringUp(held, driver);
}

function requireFinished({ name, machine: { sidecar } }: HeldMachine): void {
  if (sidecar === undefined || sidecar.phase === 'ready') return;
  throw new ProvisionError(`${name} cannot be upgraded: its ${begunWork(sidecar)} did not finish.`, {
    resource: name,
    nextSteps: unfinishedSteps(name, sidecar),
  });
}
