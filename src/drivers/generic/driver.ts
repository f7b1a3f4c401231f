import { connect } from 'node:net';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { MachineRecord } from '../../store/record.ts';
import type { Driver, MachineState } from '../driver.ts';
import type { HostAccess } from './restart.ts';

/** As long as docker-machine waits (docker/machine:drivers/generic). */
const CONNECT_MS = 15_000;

/** A host that somebody else made and that answers to SSH. azdock reads and forgets such machines; it does not make them yet. */
export function createGenericDriver(record: MachineRecord, access: HostAccess): Driver {
  const { IPAddress: host, SSHPort: port, MachineName: name } = record.Driver;
  return {
    name: 'generic',
    describe: async () => `${host}, over SSH`,
    check: async () => refuse('create', name),
    creationSteps: () => refuse('create', name),
    state: async (signal) => ({ state: await probe(host, port || 22, signal) }),
    address: async () => host || undefined,
    start: async () => refuse('start', name),
    stop: async ({ force }) => refuse(force ? 'kill' : 'stop', name),
    restart: (progress, signal) =>
      progress.step(`Restart ${host}`, async () => {
        const { restartHost } = await import('./restart.ts');
        await restartHost(host, access, signal);
      }),
    describeRemoval: () => `only azdock's files about it; ${host} stays as it is`,
    async remove() {},
  };
}

function refuse(verb: string, name: string): never {
  throw new UnsupportedError(`generic driver does not support ${verb}.`, { resource: name });
}

/** Running when something accepts connections where SSH should be, else Stopped; never an error, as in docker-machine. */
function probe(host: string, port: number, signal?: AbortSignal): Promise<MachineState> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS, ...(signal === undefined ? {} : { signal }) });
    const end = (state: MachineState) => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('Running'));
    socket.once('timeout', () => end('Stopped'));
    socket.once('error', () => end('Stopped'));
  });
}
