import { MachineNotFoundError } from '../../errors/machine-not-found-error.ts';
import { loadMachineSync, type StoredMachine } from '../../store/load.ts';
import type { MachineContext } from '../machine-context.ts';

/** Pause between two looks at the record, in milliseconds. `rm` does not wait for them: it ends the tunnel itself. */
const INTERVAL_MS = 30_000;

/** Resolves, with the reason, when a machine has left the store, or another has its name, or the signal is aborted. */
export async function untilGone(machine: StoredMachine, context: MachineContext): Promise<string> {
  const { clock, signal } = context;
  for (;;) {
    try {
      await clock.sleep(INTERVAL_MS, signal);
    } catch {
      return 'it was told to';
    }
    if (isGone(machine, context)) return `${machine.record.Name} is not in the store any more`;
  }
}

function isGone({ record, sidecar }: StoredMachine, { storePath }: MachineContext): boolean {
  try {
    return loadMachineSync(storePath, record.Name).sidecar?.id !== sidecar?.id;
  } catch (error) {
    // What cannot be read now may be read later.
    return error instanceof MachineNotFoundError;
  }
}
