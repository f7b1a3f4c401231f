import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import { bringUp, type UpMachine } from './bring-up.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { endTunnel } from './tunnel/end-tunnel.ts';

/** Restarts machines, each until its engine answers again; one that is stopped is started. @throws as `actOnAll` */
export async function restartMachines(names: readonly string[], context: MachineContext): Promise<Outcome<UpMachine>> {
  return actOnAll(names, context, restartMachine);
}

async function restartMachine(held: HeldMachine): Promise<UpMachine> {
  const { name, machine, context } = held;
  const { progress, signal } = context;
  const driver = await driverOf(machine, context);
  const { state } = await driver.state(signal);
  const hadTunnel = await endTunnel(name, context);
  // A machine on its way up is only waited for, as in docker-machine.
  if (state === 'Running') await driver.restart(progress, signal);
  else if (state !== 'Starting') await driver.start(progress, signal);
  const up = await bringUp(held, driver);
  if (hadTunnel) await putUpAgain(name, context);
  return up;
}

/** Whoever uses the tunnel goes on as soon as the machine does. */
async function putUpAgain(name: string, context: MachineContext): Promise<void> {
  const failure = await context.startTunnel(name);
  if (failure !== undefined) context.progress.warn(`Its tunnel is not up again: ${failure.message}`);
}
