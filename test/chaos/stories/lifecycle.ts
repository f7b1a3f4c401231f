import { listVmStates } from '../../../src/drivers/azure/list.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { made, nothing, type Story, signal } from '../story.ts';

/** What DockerExtension is asked for. */
export const extension = {
  name: 'DockerExtension',
  publisher: 'Microsoft.Azure.Extensions',
  type: 'DockerExtension',
  version: '1.2',
  settings: { docker: { port: '2376' } },
  protectedSettings: new Secret({ certs: { ca: 'Y2E=' } }),
};

/** What is done to a machine of azdock's own, from its checks to its end. */
export const lifecycleStories: readonly Story[] = [
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
    isLook: true,
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
  {
    // What an earlier run has made, and cannot be kept, is deleted first.
    name: 'resume',
    like: 'create',
    about: /^DELETE |virtualMachines\/dev$/,
    prepare: made,
    async act({ driver: { remains }, journal, create }) {
      await remains?.findHost({ signal, onWait() {} });
      await remains?.list(journal, signal);
      await remains?.clear({ address: true }, journal, signal);
      await create();
    },
  },
  { name: 'rm', prepare: made, act: (machine) => machine.remove() },
];
