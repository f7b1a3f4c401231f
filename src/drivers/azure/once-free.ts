import { ArmError } from '../../errors/arm-error.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import type { AzureMachine } from './azure-machine.ts';
import { conflictPauseMs } from './conflict-policy.ts';

/** An installation of Docker on a slow mirror, begun by a process that was killed, goes on in Azure for as long. */
const PATIENCE_MS = 900_000;

/**
 * Does something to a VM as soon as nothing else is done to it.
 * @throws what `work` throws, after 15 minutes also that something else is still at work
 */
export async function onceFree<T>(machine: AzureMachine, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { names, session } = machine;
  const what = `the end of another change of ${names.vm}`;
  const wait = { what, deadlineMs: PATIENCE_MS, intervalMs: conflictPauseMs, clock: session.clock, signal };
  try {
    return await waitUntil(wait, () =>
      work().catch((error: unknown) => {
        throw isBusy(error) ? error : new StopWaiting(error);
      }),
    );
  } catch (error) {
    throw error instanceof DeadlineError ? error.cause : error;
  }
}

/**
 * `Conflict` alone can also mean that something will never work. Azure's sentence: "The request failed due to conflict with a
 * concurrent request." (learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/error-messages)
 */
function isBusy(error: unknown): boolean {
  return (
    error instanceof ArmError &&
    error.azure?.code === 'Conflict' &&
    /conflict with a concurrent request/i.test(error.azure.message ?? '')
  );
}
