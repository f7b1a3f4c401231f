import { ArmError } from '../../../errors/arm-error.ts';
import type { Progress } from '../../../steps/progress.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../../wait/wait-until.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { NIC_RESERVATION_MS, NIC_RESERVED, reservedWords } from '../resource-kinds.ts';

/** Pause between two tries, in milliseconds. */
const PAUSE_MS = 15_000;

/**
 * Makes a VM as soon as its NIC may be had: Azure keeps a NIC for 180 s when a VM that was to have it could not be made.
 * @throws what `work` throws; after 5 minutes also that the NIC is still kept
 */
export async function onceNicIsFree<T>(
  { names, session }: AzureMachine,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Pick<Progress, 'info'> },
  work: () => Promise<T>,
): Promise<T> {
  const wait = { what: `the release of ${names.nic}`, deadlineMs: NIC_RESERVATION_MS, intervalMs: PAUSE_MS };
  try {
    return await waitUntil({ ...wait, clock: session.clock, signal }, (failures) =>
      work().catch((error: unknown) => {
        const isKept = error instanceof ArmError && error.azure?.code === NIC_RESERVED;
        if (isKept && failures === 0) progress.info(reservedWords(names.nic));
        throw isKept ? error : new StopWaiting(error);
      }),
    );
  } catch (error) {
    throw error instanceof DeadlineError ? error.cause : error;
  }
}
