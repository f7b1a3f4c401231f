import { isIP } from 'node:net';
import { RecordError } from '../errors/record-error.ts';
import type { MachineRecord } from '../store/record.ts';

/** Docker's registered port for TLS (IANA service name `docker-s`). */
export const DEFAULT_ENGINE_PORT = 2376;

/** Letters, digits, `-`, `_` and dots in labels of at most 63, as in RFC 1123 plus the underscore that some resolvers serve. */
const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\.?$/;

const ENGINE_URL = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/]+))(?::(\d{1,5}))?\/?$/;

/** The host on record, or undefined when the record has none (docker-machine never stores an Azure machine's, and `none` takes any URL). */
export function recordedAddress(record: MachineRecord): string | undefined {
  if (record.DriverName === 'none') return parseUrl(record)?.host;
  const address = record.Driver.IPAddress;
  return address === '' ? undefined : checkedHost(address, record.Name);
}

/** Port of the engine: the driver's own key, else 2376. */
export function enginePort(record: MachineRecord): number {
  if (record.DriverName === 'none') return parseUrl(record)?.port ?? DEFAULT_ENGINE_PORT;
  const port = record.Driver['DockerPort'] ?? record.Driver['EnginePort'];
  if (port === undefined || port === null || port === 0) return DEFAULT_ENGINE_PORT;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw new RecordError(`The record of ${record.Name} names ${JSON.stringify(port)} as the engine's port.`, {
      resource: record.Name,
    });
  }
  return port;
}

/** What DOCKER_HOST becomes: `tcp://HOST:PORT`, an IPv6 address in brackets. */
export function engineUrl(host: string, port: number): string {
  return `tcp://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** Where the engine of a machine of driver `none` is, as its record says. @throws RecordError when that is no URL of an engine */
export function requireEngineUrl(record: MachineRecord): void {
  if (record.DriverName !== 'none' || parseUrl(record) !== undefined) return;
  const url = JSON.stringify(record.Driver['URL'] ?? '');
  throw new RecordError(`The record of ${record.Name} has the URL ${url}; tcp://HOST:PORT is expected.`, {
    resource: record.Name,
  });
}

/** True for what a Docker client could be pointed at: `tcp://HOST`, with or without a port. */
export function isEngineUrl(url: string): boolean {
  return ENGINE_URL.test(url);
}

/** The URL that `url` and `ls` show: of a machine of driver `none` its own, whatever that is, as in docker-machine. */
export function shownUrl(record: MachineRecord, host: string | undefined): string {
  if (host !== undefined) return engineUrl(host, enginePort(record));
  return record.DriverName === 'none' ? String(record.Driver['URL'] ?? '') : '';
}

/** What `ip` prints: docker-machine's driver `none` keeps the URL's authority, port included. */
export function shownAddress(record: MachineRecord): string | undefined {
  return record.DriverName === 'none' ? record.Driver.IPAddress || undefined : recordedAddress(record);
}

/**
 * A host that may be printed for a shell and dialled.
 * @throws RecordError when it is neither an IP address nor a host name
 */
export function checkedHost(host: string, machine: string): string {
  if (isIP(host) !== 0 || HOST_NAME.test(host)) return host;
  throw new RecordError(`The record of ${machine} names ${JSON.stringify(host)} as its address, which is no host.`, {
    resource: machine,
    nextSteps: [{ label: 'Look at it', command: `azdock inspect ${machine}` }],
  });
}

function parseUrl(record: MachineRecord): { host: string; port: number } | undefined {
  const text = record.Driver['URL'];
  if (typeof text !== 'string' || text === '') return undefined;
  const match = ENGINE_URL.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return undefined;
  return { host: checkedHost(host, record.Name), port: Number(match?.[3] ?? DEFAULT_ENGINE_PORT) };
}
