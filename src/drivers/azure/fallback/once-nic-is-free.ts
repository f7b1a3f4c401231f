import { ArmError } from '../../../errors/arm-error.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../../wait/wait-until.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { NIC_RESERVATION_MS } from '../resource-kinds.ts';

/** Pause between two tries, in milliseconds. */
const PAUSE_MS = 15_000;

/**
 * Makes a VM as soon as its NIC may be had: Azure keeps a NIC for 180 s when a VM that was to have it could not be made.
 * @throws what `work` throws; after 5 minutes also that the NIC is still kept
 */
export async function onceNicIsFree<T>(
  { names, session }: AzureMachine,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const wait = { what: `the release of ${names.nic}`, deadlineMs: NIC_RESERVATION_MS, intervalMs: PAUSE_MS };
  try {
    return await waitUntil({ ...wait, clock: session.clock, signal }, () =>
      work().catch((error: unknown) => {
        const isKept = error instanceof ArmError && error.azure?.code === 'NicReservedForAnotherVm';
        throw isKept ? error : new StopWaiting(error);
      }),
    );
  } catch (error) {
    throw error instanceof DeadlineError ? error.cause : error;
  }
}
