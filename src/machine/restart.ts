import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { bringUp, type UpMachine } from './bring-up.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';

/** Restarts machines, each until its engine answers again; one that is stopped is started. @throws as `actOnAll` */
export async function restartMachines(names: readonly string[], context: MachineContext): Promise<Outcome<UpMachine>> {
  return actOnAll(names, context, restartMachine);
}

async function restartMachine(held: HeldMachine): Promise<UpMachine> {
  const { machine, context } = held;
  const { progress, signal } = context;
  const driver = await driverOf(machine, context);
  const { state } = await driver.state(signal);
  // A machine on its way up is only waited for, as in docker-machine.
  if (state === 'Running') await driver.restart(progress, signal);
  else if (state !== 'Starting') await driver.start(progress, signal);
  return bringUp(held, driver);
}
