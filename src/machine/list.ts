import type { MachineState } from '../drivers/driver.ts';
import { createVersionQuery } from '../engine/version.ts';
import { loadMachineSync, type StoredMachine } from '../store/load.ts';
import { inNaturalOrder, machineNamesSync } from '../store/names.ts';
import type { MachineRecord } from '../store/record.ts';
import { azureStates } from './azure-states.ts';
import type { MachineContext } from './machine-context.ts';
import { type MachineRow, notLoaded, probeRow } from './machine-row.ts';

export interface ListRequest {
  /** Milliseconds that each engine may take. */
  readonly timeoutMs: number;
  /** DOCKER_HOST, to mark the machine in use. */
  readonly dockerHost: string | undefined;
  /** Judges a record before anything is asked. Machines that cannot be read are listed whatever it says. */
  readonly wants: (record: MachineRecord) => boolean;
}

/** All machines of the store in natural order, those that cannot be read last. One Azure call a subscription. */
export async function listMachines(request: ListRequest, context: MachineContext): Promise<readonly MachineRow[]> {
  const { loaded, broken } = readAll(context.storePath);
  const wanted = loaded.filter(({ record }) => request.wants(record));
  const states = azureStates(wanted, context);
  const probe = { request, states, context, queryVersion: createVersionQuery(), daysLeft: new Map() };
  const rows = await Promise.all(wanted.map((machine) => probeRow(machine, probe)));
  states.stop();
  return [...withSwarms(rows, loaded), ...broken];
}

/** Names only, in byte order and without any probing; machines that cannot be read are left out, as docker-machine does. */
export function listNames(wants: (record: MachineRecord) => boolean, context: MachineContext): readonly string[] {
  const { loaded } = readAll(context.storePath, (names) => names);
  return loaded.filter(({ record }) => wants(record)).map(({ record }) => record.Name);
}

/** Names of those whose state is wanted, in byte order. */
export async function listNamesByState(
  request: ListRequest,
  isWanted: (state: MachineState) => boolean,
  context: MachineContext,
): Promise<readonly string[]> {
  const rows = await listMachines(request, context);
  const names = rows.filter((row) => row.record !== undefined && isWanted(row.state)).map((row) => row.name);
  return [...names].sort();
}

function readAll(
  storePath: string,
  order: (names: string[]) => string[] = inNaturalOrder,
): { loaded: StoredMachine[]; broken: MachineRow[] } {
  const loaded: StoredMachine[] = [];
  const broken: MachineRow[] = [];
  for (const name of order(machineNamesSync(storePath))) {
    try {
      loaded.push(loadMachineSync(storePath, name));
    } catch (error) {
      broken.push(notLoaded(name, error));
    }
  }
  return { loaded, broken };
}

/** Swarm is docker-machine's standalone one: a machine shows the master that shares its discovery string. */
function withSwarms(rows: readonly MachineRow[], loaded: readonly StoredMachine[]): readonly MachineRow[] {
  const masters = new Map<string, string>();
  for (const { record } of loaded) {
    const { Master: isMaster, Discovery: discovery } = record.HostOptions.SwarmOptions;
    if (isMaster) masters.set(discovery, record.Name);
  }
  return rows.map((row) => {
    const swarm = row.record?.HostOptions.SwarmOptions;
    if (swarm === undefined || !(swarm.IsSwarm || swarm.Master) || swarm.Discovery === '') return row;
    const master = masters.get(swarm.Discovery);
    return { ...row, swarm: swarm.Master ? `${row.name} (master)` : (master ?? '') };
  });
}
