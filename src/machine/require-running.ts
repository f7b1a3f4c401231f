import type { Driver } from '../drivers/driver.ts';
import { NotRunningError } from '../errors/not-running-error.ts';

/** @throws NotRunningError saying how to start the machine, or that it is gone */
export async function requireRunning(name: string, driver: Driver, signal: AbortSignal): Promise<void> {
  const { state, detail } = await driver.state(signal);
  if (state === 'Running') return;
  if (state === 'NotFound') {
    const why = detail ?? 'it was never made, or was removed behind azdock';
    throw new NotRunningError(`${name} has no virtual machine: ${why}.`, {
      resource: name,
      nextSteps: [{ label: 'Remove what is left of it', command: `azdock rm ${name}` }],
    });
  }
  throw new NotRunningError(`${name} is not running: it is ${detail ?? state.toLowerCase()}.`, {
    resource: name,
    nextSteps: [{ label: 'Start it', command: `azdock start ${name}` }],
  });
}
