import { NotRunningError } from '../errors/not-running-error.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { endTunnel } from './tunnel/end-tunnel.ts';

export interface StopRequest {
  readonly names: readonly string[];
  /** Gives the hardware back, so that it is not billed any more. Without it the machine only stands still. */
  readonly deallocate: boolean;
  /** `kill`: at once, without telling the operating system. */
  readonly force: boolean;
}

/** Stops machines. @returns the names of those that are stopped @throws as `actOnAll` */
export async function stopMachines(request: StopRequest, context: MachineContext): Promise<Outcome<string>> {
  return actOnAll(request.names, context, (held) => stopMachine(held, request));
}

async function stopMachine({ name, machine, context }: HeldMachine, request: StopRequest): Promise<string> {
  const { deallocate, force } = request;
  const { progress, signal } = context;
  const driver = await driverOf(machine, context);
  driver.checkStop?.({ deallocate });
  const { state, detail } = await driver.state(signal);
  // A VM that its own system has switched off is billed on: `stopped` and `deallocated` are two things in Azure.
  const isBilled = detail === 'stopped';
  if (state === 'Stopped' && !(deallocate && isBilled)) throw alreadyStopped(name, isBilled);
  await endTunnel(name, context);
  await driver.stop({ deallocate, force }, progress, signal);
  return name;
}

/** Worded as docker-machine words it (docker/machine:libmachine/host/host.go). */
function alreadyStopped(name: string, isBilled: boolean): NotRunningError {
  return new NotRunningError(`Machine "${name}" is already stopped.`, {
    resource: name,
    nextSteps: isBilled ? [{ label: 'Stop paying for it', command: `azdock stop ${name}` }] : [],
  });
}
