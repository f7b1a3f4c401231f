import { connect } from 'node:net';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { SshSession } from '../../ssh/session.ts';
import type { Step } from '../../steps/run-steps.ts';
import type { DriverRecord } from '../../store/record.ts';
import type { Clock } from '../../wait/wait-until.ts';
import type { Creation } from '../creation.ts';
import type { Driver, MachineState } from '../driver.ts';
import type { SshKeyFiles } from './ssh-key.ts';

/** As long as docker-machine waits (docker/machine:drivers/generic). */
const CONNECT_MS = 15_000;

/** What a driver of an existing host takes from outside. */
export interface GenericDependencies {
  readonly clock: Clock;
  /** Logs in to the host, waiting for it if need be. @throws SshError, HostKeyChangedError, TimeoutError */
  openSsh(signal: AbortSignal): Promise<SshSession>;
  /** Writes the machine's own copy of a key, only for its owner to read. @throws StoreError */
  keepKey(path: string, key: SshKeyFiles): Promise<void>;
}

/** A host that somebody else made and that answers to SSH. Nothing but Docker is put onto it, and nothing is taken away. */
export function createGenericDriver(record: DriverRecord, dependencies: GenericDependencies): Driver {
  const { IPAddress: host, SSHPort, SSHUser: user, SSHKeyPath: copy, MachineName: name } = record;
  const port = SSHPort || 22;
  const given = record['SSHKey'];
  const source = typeof given === 'string' && given !== '' ? given : undefined;
  const readKey = async (path: string): Promise<SshKeyFiles> => (await import('./ssh-key.ts')).readSshKey(path);
  return {
    name: 'generic',
    describe: async () => `${user}@${host}, a host that is there, over SSH`,
    async check() {
      if (source !== undefined) await readKey(source);
    },
    creationSteps: (): readonly Step<Creation>[] => [
      {
        id: 'network',
        async run(creation) {
          creation.address = host;
        },
      },
      {
        id: 'vm',
        title: `SSH key ${source}`,
        skip: () => source === undefined,
        async run() {
          if (source !== undefined) await dependencies.keepKey(copy, await readKey(source));
        },
      },
    ],
    state: async (signal) => ({ state: await probe(host, port, signal) }),
    address: async () => host || undefined,
    start: async () => refuse('start', name),
    stop: async ({ force }) => refuse(force ? 'kill' : 'stop', name),
    async restart(progress, signal) {
      const { reboot } = await import('./reboot.ts');
      await progress.step(`Reboot ${name}`, () => reboot({ ...dependencies, machine: name, signal }));
    },
    describeRemoval: () => `only azdock's files about it; ${host} stays as it is`,
    async remove() {},
  };
}

/** docker-machine's words. */
function refuse(verb: string, name: string): never {
  throw new UnsupportedError(`generic driver does not support ${verb}`, { resource: name });
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
