import { after, before, describe } from 'node:test';
import { constantFrom, tuple } from 'fast-check';
import { listVmStates } from '../../src/drivers/azure/list.ts';
import { silentProgress } from '../../src/steps/progress.ts';
import { Pace } from '../../src/wait/pace.ts';
import { fakeClock } from '../drivers/azure/scripted-azure.ts';
import { sandboxMachine } from '../drivers/azure/sandbox-machine.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import { tamperer, tampering } from './changed-answers.ts';
import { fuzz } from './fuzz.ts';
import { orRefusal } from './judge.ts';

const { signal } = new AbortController();
const between = tamperer();
let sandbox: TestSandbox;
let made = 0;

type Machine = ReturnType<typeof sandboxMachine>;

function machine(name: string): Machine {
  const clock = fakeClock();
  const shared = { clock, pace: new Pace(clock) };
  const values = { dnsLabel: name, availabilitySet: 'set', openPorts: ['80'] };
  return sandboxMachine(sandbox, { name, values, shared, httpClient: between.httpClient });
}

/** What looks at a machine that is there, and at the region. */
const LOOKS: Readonly<Record<string, (one: Machine) => Promise<unknown>>> = {
  describe: ({ driver }) => driver.describe(),
  check: ({ driver }) => driver.check(),
  state: ({ driver }) => driver.state(),
  address: ({ driver }) => driver.address(),
  list: async ({ driver, world }) => listVmStates({ subscriptions: [await driver.settledOptions()] }, world),
};

describe('an Azure that answers what it likes', () => {
  before(async () => {
    sandbox = await startTestSandbox();
    between.tamper(undefined);
    await machine('there').create();
  });
  after(() => sandbox.stop());

  fuzz(
    'is understood or refused by those who look',
    tuple(tampering(6), constantFrom(...Object.keys(LOOKS))),
    async ([change, look]) => {
      const one = machine('there');
      between.tamper(change);
      await orRefusal(() => LOOKS[look]?.(one));
    },
    { runs: 100 },
  );

  fuzz(
    'is understood or refused when machines are made, switched off and on, and removed',
    tampering(60),
    async (change) => {
      made += 1;
      const one = machine(`dev-${made}`);
      between.tamper(change);
      await orRefusal(() => one.create());
      await orRefusal(() => one.driver.stop({ deallocate: true, force: false }, silentProgress, signal));
      await orRefusal(() => one.driver.start(silentProgress, signal));
      await orRefusal(() => one.remove());
      between.tamper(undefined);
      await orRefusal(() => one.remove());
    },
    { runs: 12 },
  );
});
