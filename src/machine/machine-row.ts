import { isClassicRecord } from '../drivers/azure/classic.ts';
import type { MachineState } from '../drivers/driver.ts';
import type { QueryVersion } from '../engine/version.ts';
import { AzdockError } from '../errors/azdock-error.ts';
import { type EngineFailure, EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import type { StoredMachine } from '../store/load.ts';
import type { MachineRecord } from '../store/record.ts';
import { enginePort, recordedAddress } from './address.ts';
import type { AzureStates } from './azure-states.ts';
import { certificateWarning, type DaysLeftCache } from './certificate-warning.ts';
import { clientFiles } from './client-files.ts';
import type { ListRequest } from './list.ts';
import type { MachineContext } from './machine-context.ts';
import { shownMachineUrl } from './machine-url.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';
import { unfinishedLine } from './unfinished-work.ts';

/** One machine as `ls` knows it. */
export interface MachineRow {
  readonly name: string;
  /** Undefined when the record cannot be read. */
  readonly record: MachineRecord | undefined;
  readonly driverName: string;
  /** `Timeout` when neither engine nor Azure answered in time. */
  readonly state: MachineState;
  /** DOCKER_HOST points here. */
  readonly isActive: boolean;
  /** Empty when the machine does not run. */
  readonly url: string;
  readonly swarm: string;
  /** `v28.2.2`; `Unknown` when the engine did not say, `No tunnel` when it was not asked because its tunnel is down; empty when there is no machine to ask. */
  readonly dockerVersion: string;
  /** Empty when all is well. */
  readonly error: string;
  readonly responseTimeMs: number;
}

/** The row of a machine whose record cannot be read. */
export function notLoaded(name: string, error: unknown): MachineRow {
  return { ...emptyRow(name), driverName: 'not found', state: 'Error', error: oneLine(error) };
}

/** What the rows of one list share. */
export interface Probe {
  readonly request: ListRequest;
  readonly states: AzureStates;
  readonly queryVersion: QueryVersion;
  readonly daysLeft: DaysLeftCache;
  readonly context: MachineContext;
}

/** Asks the engine, and listens to what Azure says about the VM. */
export async function probeRow(machine: StoredMachine, probe: Probe): Promise<MachineRow> {
  const { context } = probe;
  const startedMs = context.clock.now();
  const row = await askAll(machine, probe).catch((error: unknown) => ({
    ...emptyRow(machine.record.Name),
    state: 'Error' as const,
    error: oneLine(error),
  }));
  const responseTimeMs = Math.round(context.clock.now() - startedMs);
  return { ...row, record: machine.record, driverName: machine.record.DriverName, responseTimeMs };
}

async function askAll(machine: StoredMachine, probe: Probe): Promise<MachineRow> {
  const { record, sidecar } = machine;
  const { request, states, context } = probe;
  if (record.DriverName === 'azure' && isClassicRecord(record.Driver))
    return {
      ...emptyRow(record.Name),
      state: 'Error',
      error: `Azure classic is closed; run azdock rm -f ${record.Name}`,
    };
  const host = recordedAddress(record) ?? (await states.addressOf(machine));
  const isTunnelled = hasTunnel(machine);
  const ask = isTunnelled ? askThroughTunnel : askEngine;
  const engine = host === undefined ? undefined : await ask(host, machine, probe);
  const vm: { state: MachineState; error: string } =
    engine?.version === undefined
      ? await states.stateOf(machine, engine?.accepted === true)
      : { state: 'Running', error: '' };
  const isRunning = vm.state === 'Running';
  const url = isRunning ? shownMachineUrl(machine, host, context) : '';
  const unfinished = unfinishedLine(record.Name, sidecar, context.storePath);
  return {
    ...emptyRow(record.Name),
    state: vm.state,
    url,
    isActive: url !== '' && url === request.dockerHost,
    dockerVersion:
      engine?.version !== undefined ? `v${engine.version}` : vm.state === 'Timeout' ? '' : (engine?.word ?? 'Unknown'),
    error: [
      unfinished ?? '',
      vm.error,
      isRunning && unfinished === undefined ? (engine?.error ?? '') : '',
      isTunnelled ? '' : certificateWarning(context.storePath, record, probe.daysLeft, Date.now()),
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}

/** Failures that say nothing about the VM: it may be off. After any other, somebody is there. */
const NOBODY_THERE: ReadonlySet<EngineFailure> = new Set([
  'refused',
  'timeout',
  'unreachable',
  'unknown-host',
  'other',
]);

interface EngineAnswer {
  readonly version: string | undefined;
  /** Something accepted the connection, whatever came then. */
  readonly accepted: boolean;
  readonly error: string;
  /** Why there is no version, when nothing is wrong with that. */
  readonly word?: string;
}

async function askThroughTunnel(_host: string, { record }: StoredMachine, probe: Probe): Promise<EngineAnswer> {
  const { request, context } = probe;
  try {
    const { versionThroughTunnel } = await import('./tunnel/list-tunnel.ts');
    const version = await versionThroughTunnel(record.Name, request.timeoutMs, context);
    return version === undefined
      ? { version, accepted: false, error: '', word: 'No tunnel' }
      : { version, accepted: true, error: '' };
  } catch (error) {
    return { version: undefined, accepted: false, error: `Unable to query docker version: ${oneLine(error)}` };
  }
}

async function askEngine(host: string, { record }: StoredMachine, probe: Probe): Promise<EngineAnswer> {
  const { request, context, queryVersion } = probe;
  try {
    const version = await queryVersion({
      host,
      port: enginePort(record),
      machine: record.Name,
      credentials: () => clientFiles(context.storePath, record).read(),
      timeoutMs: request.timeoutMs,
      signal: context.signal,
    });
    return { version, accepted: true, error: '' };
  } catch (error) {
    const accepted = error instanceof EngineUnreachableError && !NOBODY_THERE.has(error.failure);
    return { version: undefined, accepted, error: `Unable to query docker version: ${oneLine(error)}` };
  }
}

function emptyRow(name: string): MachineRow {
  return {
    name,
    record: undefined,
    driverName: '',
    state: 'None',
    isActive: false,
    url: '',
    swarm: '',
    dockerVersion: '',
    error: '',
    responseTimeMs: 0,
  };
}

function oneLine(error: unknown): string {
  const text = error instanceof AzdockError || error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
