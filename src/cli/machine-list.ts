import type { MachineRow } from '../machine/machine-row.ts';
import { tabulate } from './table.ts';
import { GoStruct, type GoMap } from './template/value.ts';

/** Columns of `ls`, docker-machine's (docker/machine:commands/ls.go). */
const HEADER = ['NAME', 'ACTIVE', 'DRIVER', 'STATE', 'URL', 'SWARM', 'DOCKER', 'ERRORS'];

/** The table that `ls` prints. */
export function machineTable(rows: readonly MachineRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    activeMark(row),
    row.driverName,
    stateWord(row),
    row.url,
    row.swarm,
    row.dockerVersion,
    row.error,
  ]);
  return tabulate([HEADER, ...cells]);
}

/** The same rows as JSON, with stable keys. */
export function machineDocument(rows: readonly MachineRow[]): object[] {
  return rows.map((row) => ({
    name: row.name,
    active: row.isActive,
    driver: row.driverName,
    state: stateWord(row),
    url: row.url || null,
    swarm: row.swarm || null,
    docker: row.dockerVersion.startsWith('v') ? row.dockerVersion.slice(1) : null,
    error: row.error || null,
    responseTimeMs: row.responseTimeMs,
  }));
}

/** A row as `--format` sees it: Go's names, and a field that does not exist is an error. */
export function machineStruct(row: MachineRow): GoStruct {
  const options = row.record?.HostOptions;
  return new GoStruct('commands.HostListItem', {
    Name: row.name,
    Active: activeMark(row),
    ActiveHost: row.isActive,
    ActiveSwarm: false,
    DriverName: row.driverName,
    State: stateWord(row),
    URL: row.url,
    SwarmOptions: options === undefined ? null : goStruct('swarm.Options', options.SwarmOptions),
    Swarm: row.swarm,
    EngineOptions: options === undefined ? null : goStruct('engine.Options', options.EngineOptions),
    Error: row.error,
    DockerVersion: row.dockerVersion,
    ResponseTime: `${row.responseTimeMs}ms`,
  });
}

/** Header words of the fields, for `--format 'table …'`. */
export const HEADER_STRUCT = new GoStruct('commands.HostListItem', {
  Name: 'NAME',
  Active: 'ACTIVE',
  ActiveHost: 'ACTIVE_HOST',
  ActiveSwarm: 'ACTIVE_SWARM',
  DriverName: 'DRIVER',
  State: 'STATE',
  URL: 'URL',
  SwarmOptions: 'SWARM_OPTIONS',
  Swarm: 'SWARM',
  EngineOptions: 'ENGINE_OPTIONS',
  Error: 'ERRORS',
  DockerVersion: 'DOCKER',
  ResponseTime: 'RESPONSE',
});

/** Go's names of fields whose JSON names differ (docker/machine:libmachine/engine/engine.go). */
const GO_NAMES: Readonly<Record<string, string>> = { Dns: 'DNS', TlsVerify: 'TLSVerify' };

function goStruct(typeName: string, options: object): GoStruct {
  const fields: GoMap = Object.fromEntries(
    Object.entries(options).map(([key, value]) => [GO_NAMES[key] ?? key, value]),
  );
  return new GoStruct(typeName, fields);
}

/** The word in column STATE: empty when nobody knows. */
export function stateWord({ state }: Pick<MachineRow, 'state'>): string {
  return state === 'None' ? '' : state === 'NotFound' ? 'Not Found' : state;
}

function activeMark(row: MachineRow): string {
  if (row.record === undefined || row.state === 'Timeout') return '';
  return row.isActive ? '*' : '-';
}
