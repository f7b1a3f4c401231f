import { NotRunningError } from '../errors/not-running-error.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { loadMachineSync, loadRecordSync } from '../store/load.ts';
import type { MachineRecord } from '../store/record.ts';
import { enginePort, recordedAddress, requireEngineUrl, shownAddress, shownUrl } from './address.ts';
import type { MachineContext } from './machine-context.ts';

/** Where a machine's engine is. */
export interface Endpoint {
  readonly record: MachineRecord;
  /** Where the machine's host is. */
  readonly host: string;
  /** Of the engine, unless it has a tunnel. */
  readonly port: number;
  /** `tcp://HOST:PORT`; `unix:///…` of a machine with a tunnel. */
  readonly url: string;
  /** The tunnel's socket on this computer, which need not be up; undefined when the engine has a port. */
  readonly socket: string | undefined;
}

/**
 * The machine's engine, from the record alone where the record has the address; else Azure is asked.
 * @throws MachineNotFoundError, RecordError, NotRunningError
 */
export async function endpointOf(name: string, context: MachineContext): Promise<Endpoint> {
  const machine = loadMachineSync(context.storePath, name);
  const { record } = machine;
  requireEngineUrl(record);
  const host = recordedAddress(record) ?? (await addressFromDriver(name, record, context));
  if (host === undefined) throw noAddress(name);
  const port = enginePort(record);
  const { machineUrl, socketOf } = await import('./machine-url.ts');
  return { record, host, port, url: machineUrl(machine, host, context), socket: socketOf(machine, context) };
}

/** What `url` prints. @throws as {@link endpointOf} */
export async function urlOf(name: string, context: MachineContext): Promise<string> {
  const { record } = loadRecordSync(context.storePath, name);
  return record.DriverName === 'none'
    ? shownUrl(record, recordedAddress(record))
    : (await endpointOf(name, context)).url;
}

/** What `ip` prints. @throws as {@link endpointOf} */
export async function addressOf(name: string, context: MachineContext): Promise<string> {
  const { record } = loadRecordSync(context.storePath, name);
  if (shownAddress(record) === undefined) requireEngineUrl(record);
  const address = shownAddress(record) ?? (await addressFromDriver(name, record, context));
  if (address === undefined) throw noAddress(name);
  return address;
}

/** Several at once: all records are read before anything is asked, so that a wrong name spoils nothing. */
export async function addressesOf(names: readonly string[], context: MachineContext): Promise<readonly string[]> {
  for (const name of names) loadRecordSync(context.storePath, name);
  return Promise.all(names.map((name) => addressOf(name, context)));
}

async function addressFromDriver(
  name: string,
  record: MachineRecord,
  context: MachineContext,
): Promise<string | undefined> {
  if (record.DriverName !== 'azure') return undefined;
  const { openDriver } = await import('./open-driver.ts');
  const driver = await openDriver(name, context);
  return driver.address(context.signal);
}

/** A machine that was not made to its end, or has lost what it had. */
export function noAddress(name: string): Error {
  return new NotRunningError(`${name} has no address: its creation did not get that far, or it was removed in Azure.`, {
    resource: name,
    nextSteps: [
      { label: 'How it stands', command: `azdock status ${name}` },
      { label: 'Clean up', command: `azdock rm ${name}` },
    ],
  });
}

/** Refuses a machine of a driver that cannot do what the command is for. */
export function unsupportedBy(record: MachineRecord, what: string): UnsupportedError {
  return new UnsupportedError(`${record.Name} is a machine of driver ${record.DriverName}, which cannot ${what}.`, {
    resource: record.Name,
  });
}
