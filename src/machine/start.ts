import { AlreadyRunningError } from '../errors/already-running-error.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { bringUp, type UpMachine } from './bring-up.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';

/** Starts machines, each until its engine answers. @throws as `actOnAll` */
export async function startMachines(names: readonly string[], context: MachineContext): Promise<Outcome<UpMachine>> {
  return actOnAll(names, context, startMachine);
}

/** @throws AlreadyRunningError; as `bringUp` */
export async function startMachine(held: HeldMachine): Promise<UpMachine> {
  const { name, machine, context } = held;
  const driver = await driverOf(machine, context);
  const { state, detail } = await driver.state(context.signal);
  if (state === 'Running') throw new AlreadyRunningError(name);
  if (detail === 'evicted')
    context.progress.info(`Azure has taken the place of ${name} (Spot); it is asked for another.`);
  await driver.start(context.progress, context.signal);
  return bringUp(held, driver);
}
