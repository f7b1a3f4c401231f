import { listVmStates } from '../../src/drivers/azure/list.ts';
import type { AzureOptionValues } from '../../src/drivers/azure/resolve-options.ts';
import { Secret } from '../../src/secret/secret.ts';
import { silentProgress } from '../../src/steps/progress.ts';
import type { LaneMachine } from './lane.ts';

/** Something that azdock does to a machine, during which faults strike. */
export interface Story {
  readonly name: string;
  /** What happens before, undisturbed. */
  prepare(machine: LaneMachine): Promise<void>;
  act(machine: LaneMachine): Promise<void>;
}

/** A machine with one of everything that azdock makes for a machine. */
export const values: AzureOptionValues = {
  availabilitySet: 'set',
  proximityPlacementGroup: 'near',
  dnsLabel: 'chaos-1',
  ipv6: true,
  dataDisks: ['16'],
};

const { signal } = new AbortController();
const nothing = async () => {};
const made = async (machine: LaneMachine) => {
  await machine.create();
};

const extension = {
  name: 'DockerExtension',
  publisher: 'Microsoft.Azure.Extensions',
  type: 'DockerExtension',
  version: '1.2',
  settings: { docker: { port: '2376' } },
  protectedSettings: new Secret({ certs: { ca: 'Y2E=' } }),
};

export const stories: readonly Story[] = [
  { name: 'check', prepare: nothing, act: ({ driver }) => driver.check() },
  { name: 'create', prepare: nothing, act: made },
  {
    name: 'provision',
    prepare: made,
    async act({ driver: { extensions }, journal }) {
      await extensions?.publishedVersion(extension.publisher, extension.type, signal);
      await extensions?.put(extension, journal, signal);
      await extensions?.inspect(extension.name, signal);
      await extensions?.remove(extension.name, journal, signal);
    },
  },
  {
    name: 'stop',
    prepare: made,
    act: ({ driver }) => driver.stop({ deallocate: true, force: false }, silentProgress, signal),
  },
  {
    name: 'kill',
    prepare: made,
    act: ({ driver }) => driver.stop({ deallocate: false, force: true }, silentProgress, signal),
  },
  {
    name: 'start',
    async prepare(machine) {
      await machine.create();
      await machine.driver.stop({ deallocate: true, force: false }, silentProgress, signal);
    },
    act: ({ driver }) => driver.start(silentProgress, signal),
  },
  { name: 'restart', prepare: made, act: ({ driver }) => driver.restart(silentProgress, signal) },
  {
    name: 'look',
    prepare: made,
    async act({ driver, world }) {
      await driver.state(signal);
      await driver.address(signal);
      const subscription = 'settledOptions' in driver ? await driver.settledOptions() : undefined;
      if (subscription !== undefined) await listVmStates({ subscriptions: [subscription], signal }, world);
    },
  },
  {
    name: 'allow',
    prepare: made,
    async act({ driver }) {
      await driver.access?.change(['203.0.113.0/24'], signal);
    },
  },
  { name: 'rm', prepare: made, act: (machine) => machine.remove() },
];
