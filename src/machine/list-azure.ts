import { listVmStates } from '../drivers/azure/list.ts';
import { azureNames } from '../drivers/azure/naming.ts';
import { recordedOptions } from '../drivers/azure/record.ts';
import type { VmState } from '../drivers/azure/state.ts';
import type { StoredMachine } from '../store/load.ts';
import type { MachineContext } from './machine-context.ts';
import { azureDependencies } from './open-driver.ts';

/**
 * States of machines by name: one list call for each subscription among them. Loaded only when Azure is asked. A VM that
 * Azure does not list is not in the map.
 */
export async function listAzure(
  machines: readonly StoredMachine[],
  context: MachineContext,
): Promise<ReadonlyMap<string, VmState>> {
  const asked = machines.map(({ record, sidecar }) => ({
    name: record.Name,
    options: recordedOptions(record.Driver, sidecar?.driver, context.environment),
  }));
  const subscriptions = asked.map(({ options }) => options);
  const states = await listVmStates({ subscriptions, signal: context.signal }, azureDependencies(context));
  return new Map(
    asked.flatMap(({ name, options }) => {
      const names = azureNames({ ...options, machine: name, subscriptionId: options.subscriptionId ?? '' });
      const state = states.get(names.ids.vm.toLowerCase());
      return state === undefined ? [] : [[name, state] as const];
    }),
  );
}
