import { isClassicRecord } from '../drivers/azure/classic.ts';
import type { MachineState } from '../drivers/driver.ts';
import type { StoredMachine } from '../store/load.ts';
import type { MachineContext } from './machine-context.ts';

/** What Azure says about the VMs of a list, asked once. */
export interface AzureStates {
  /** The state of a machine whose engine did not answer, and what to tell when Azure could not be asked. */
  stateOf(machine: StoredMachine, engineAccepted: boolean): Promise<{ state: MachineState; error: string }>;
  /** The address of a machine that has none on record. */
  addressOf(machine: StoredMachine): Promise<string | undefined>;
  /** Nobody waits for an answer any more. */
  stop(): void;
}

/** Azure took longer than a row may take. */
const TOO_LATE = Symbol('too late');

/**
 * Begins to ask Azure, once a subscription, while the engines are asked. Machines of other drivers have no state of their
 * own: `none` always runs, as in docker-machine; `generic` runs when its engine or SSH port accepts a connection.
 */
export function azureStates(
  machines: readonly StoredMachine[],
  timeoutMs: number,
  context: MachineContext,
): AzureStates {
  const abort = new AbortController();
  const quiet = { ...context, interactive: false, signal: AbortSignal.any([context.signal, abort.signal]) };
  const azure = machines.filter(({ record }) => record.DriverName === 'azure' && !isClassicRecord(record.Driver));
  const states =
    azure.length === 0 ? undefined : import('./list-azure.ts').then(({ listAzure }) => listAzure(azure, quiet));
  // Only those who need the answer should see why there is none.
  states?.catch(() => {});
  const late = Promise.withResolvers<typeof TOO_LATE>();
  const timer = setTimeout(() => late.resolve(TOO_LATE), timeoutMs);
  return {
    async stateOf({ record }, engineAccepted) {
      if (record.DriverName === 'none') return { state: 'Running', error: '' };
      if (record.DriverName !== 'azure') return otherState(record.Name, context);
      try {
        const found = await Promise.race([states, late.promise]);
        if (found === TOO_LATE) return { state: engineAccepted ? 'Running' : 'Timeout', error: '' };
        const vm = found?.get(record.Name);
        const error = vm?.detail === 'evicted' ? `Azure needed its place (Spot); run azdock start ${record.Name}` : '';
        return { state: vm?.state ?? 'NotFound', error };
      } catch (error) {
        const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        return { state: engineAccepted ? 'Running' : 'None', error: `Azure could not be asked: ${why}` };
      }
    },
    async addressOf({ record }) {
      if (record.DriverName !== 'azure') return undefined;
      const { openDriver } = await import('./open-driver.ts');
      const asked = openDriver(record.Name, quiet).then((driver) => driver.address(quiet.signal));
      const found = await Promise.race([asked, late.promise]);
      // Nobody waits for it any more; what becomes of it is of no interest.
      asked.catch(() => {});
      return found === TOO_LATE ? undefined : found;
    },
    stop() {
      clearTimeout(timer);
      abort.abort(new Error('no longer needed'));
    },
  };
}

async function otherState(name: string, context: MachineContext): Promise<{ state: MachineState; error: string }> {
  const { openDriver } = await import('./open-driver.ts');
  const { state } = await (await openDriver(name, context)).state(context.signal);
  return { state, error: '' };
}
