import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { AzureOptions } from './options.ts';

/**
 * A machine whose system lies on its physical host loses it with the host: Azure does not deallocate such machines
 * (learn.microsoft.com, "Ephemeral OS disks for Azure VMs"). Nobody is asked.
 *
 * @throws UnsupportedError
 */
export function checkStop(
  machine: string,
  { ephemeralOsDisk }: Pick<AzureOptions, 'ephemeralOsDisk'>,
  { deallocate }: { readonly deallocate: boolean },
): void {
  if (ephemeralOsDisk === undefined || !deallocate) return;
  throw new UnsupportedError(
    `${machine} keeps its system on the physical host (ephemeral OS disk), so Azure cannot deallocate it.`,
    {
      resource: machine,
      nextSteps: [
        { label: 'Switch it off and go on paying', command: `azdock stop --no-deallocate ${machine}` },
        { label: 'Remove it', command: `azdock rm ${machine}` },
      ],
    },
  );
}
