import type { AzureDependencies } from './dependencies.ts';
import type { AzureOptions } from './options.ts';
import { openSession } from './session.ts';
import { machineState, type VmState } from './state.ts';

export interface VmList {
  /** Options of the machines that are asked about; each subscription among them is asked once. */
  readonly subscriptions: readonly AzureOptions[];
  readonly signal?: AbortSignal | undefined;
  /** A subscription that cannot be asked. Without it the first such failure is thrown. */
  readonly onFailure?: ((subscription: AzureOptions, error: unknown) => void) | undefined;
}

/**
 * States of all VMs of some subscriptions, by the VM's ARM id in lower case. One request for each subscription, however many
 * VMs it has (virtualMachines, statusOnly).
 *
 * @throws what openSession and AzureSession.call throw
 */
export async function listVmStates(list: VmList, dependencies: AzureDependencies): Promise<Map<string, VmState>> {
  const distinct = new Map(list.subscriptions.map((options) => [key(options), options]));
  const states = new Map<string, VmState>();
  await Promise.all(
    [...distinct.values()].map(async (options) => {
      try {
        for (const [id, state] of await listOne(options, dependencies, list.signal)) states.set(id, state);
      } catch (error) {
        if (list.onFailure === undefined) throw error;
        list.onFailure(options, error);
      }
    }),
  );
  return states;
}

async function listOne(
  options: AzureOptions,
  dependencies: AzureDependencies,
  signal: AbortSignal | undefined,
): Promise<[string, VmState][]> {
  const session = await openSession(undefined, options, dependencies);
  const deed = { doing: 'list virtual machines', resource: session.subscriptionId, machine: 'dev', options };
  return session.call(deed, signal, async ({ compute }) => {
    const states: [string, VmState][] = [];
    const { virtualMachines } = await compute();
    const query = { statusOnly: 'true', ...(signal === undefined ? {} : { abortSignal: signal }) };
    for await (const { id, instanceView } of virtualMachines.listAll(query))
      if (id !== undefined) states.push([id.toLowerCase(), machineState(instanceView?.statuses)]);
    return states;
  });
}

const key = ({ environment, subscriptionId }: AzureOptions) => `${environment} ${subscriptionId ?? ''}`.toLowerCase();
