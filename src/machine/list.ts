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
  readonly wants: RecordJudge;
}

/** Whether a machine is wanted, by its record and the master of its swarm (empty without one). */
export type RecordJudge = (machine: { readonly record: MachineRecord; readonly swarm: string }) => boolean;

/** All machines of the store in natural order, those that cannot be read last. One Azure call a subscription. */
export async function listMachines(request: ListRequest, context: MachineContext): Promise<readonly MachineRow[]> {
  const { loaded, broken } = readAll(context.storePath);
  const swarmOf = swarmMasters(loaded);
  const wanted = loaded.filter(({ record }) => request.wants({ record, swarm: swarmOf(record) }));
  const states = azureStates(wanted, request.timeoutMs, context);
  const probe = { request, states, context, queryVersion: createVersionQuery(), daysLeft: new Map() };
  const rows = await Promise.all(wanted.map((machine) => probeRow(machine, probe)));
  states.stop();
  return [...rows.map((row) => withSwarm(row, swarmOf)), ...broken];
}

/** Names only, in byte order and without any probing; machines that cannot be read are left out, as docker-machine does. */
export function listNames(wants: RecordJudge, context: MachineContext): readonly string[] {
  const { loaded } = readAll(context.storePath, (names) => names);
  const swarmOf = swarmMasters(loaded);
  return loaded.filter(({ record }) => wants({ record, swarm: swarmOf(record) })).map(({ record }) => record.Name);
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

/** Swarm is docker-machine's standalone one: a machine belongs to the master that shares its discovery string. */
function swarmMasters(loaded: readonly StoredMachine[]): (record: MachineRecord) => string {
  const masters = new Map<string, string>();
  for (const { record } of loaded) {
    const { Master: isMaster, Discovery: discovery } = record.HostOptions.SwarmOptions;
    if (isMaster) masters.set(discovery, record.Name);
  }
  return ({ HostOptions: { SwarmOptions: swarm } }) =>
    swarm.IsSwarm && swarm.Discovery !== '' ? (masters.get(swarm.Discovery) ?? '') : '';
}

function withSwarm(row: MachineRow, swarmOf: (record: MachineRecord) => string): MachineRow {
  if (row.record === undefined) return row;
  const master = swarmOf(row.record);
  return { ...row, swarm: master !== '' && master === row.name ? `${master} (master)` : master };
}
