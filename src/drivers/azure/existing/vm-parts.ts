import { type AzureMachine, deed } from '../azure-machine.ts';
import { isNotFound } from '../arm-failure.ts';
import { nameOf } from '../delete-resource.ts';
import { callOptions } from '../long-running.ts';
import type { HostParts } from '../../adopted-host.ts';
import type { Journal } from '../../creation.ts';
import { parseResourceId } from '../resource-id.ts';
import { kindOf } from '../resource-kinds.ts';

/** Parts of a VM that azdock did not make, by kind and name. */
export async function vmParts(machine: AzureMachine, signal: AbortSignal): Promise<HostParts> {
  const { going, staying } = await partIds(machine, signal);
  const named = (id: string) => `${kindOf(id)?.kind.label ?? 'resource'} ${nameOf(id)}`;
  return { going: going.map(named), staying: staying.map(named) };
}

/**
 * What a VM that azdock did not make consists of: itself, its OS disk, its interfaces and their public addresses. Data disks go along
 * only where Azure was told so when they were attached.
 */
async function partIds(machine: AzureMachine, signal: AbortSignal): Promise<HostParts> {
  const { names, session } = machine;
  return session.call(deed(machine, `read ${names.vm}`, names.ids.vm), signal, async (clients) => {
    const absent = (error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    };
    const { virtualMachines } = await clients.compute();
    const vm = await virtualMachines.get(names.group, names.vm, callOptions(signal)).catch(absent);
    if (vm === undefined) return { going: [], staying: [] };
    const { osDisk, dataDisks = [] } = vm.storageProfile ?? {};
    const { networkInterfaces } = await clients.network();
    const nicIds = (vm.networkProfile?.networkInterfaces ?? []).flatMap(({ id }) => id ?? []);
    const nics = await Promise.all(
      nicIds.map((id) => {
        const { group = '', names: [name = ''] = [] } = parseResourceId(id) ?? {};
        return networkInterfaces.get(group, name, callOptions(signal)).catch(absent);
      }),
    );
    const configurations = nics.flatMap((nic) => nic?.ipConfigurations ?? []);
    const addresses = configurations.flatMap(({ publicIPAddress }) => publicIPAddress?.id ?? []);
    const data = (goes: boolean) =>
      dataDisks.flatMap(({ deleteOption, managedDisk }) =>
        (deleteOption === 'Delete') === goes ? (managedDisk?.id ?? []) : [],
      );
    const groups = nics.flatMap((nic) => nic?.networkSecurityGroup?.id ?? []);
    return {
      going: [
        names.ids.vm,
        ...(osDisk?.managedDisk?.id ? [osDisk.managedDisk.id] : []),
        ...data(true),
        ...nicIds,
        ...addresses,
      ],
      staying: [...data(false), ...new Set(groups)],
    };
  });
}

/** Writes down that all of it is to go, so that a removal which is broken off is gone on with. */
export async function claimParts(machine: AzureMachine, journal: Journal, signal: AbortSignal): Promise<void> {
  const { going } = await partIds(machine, signal);
  for (const id of going) if (kindOf(id) !== undefined) await journal.intend(id, { shared: false });
}
