import type { AzureOptionValues } from '../../../../src/drivers/azure/resolve-options.ts';
import { runSteps } from '../../../../src/steps/run-steps.ts';
import { Pace } from '../../../../src/wait/pace.ts';
import { type Clock, systemClock } from '../../../../src/wait/wait-until.ts';
import { listeningProgress } from '../../../machine/context-fixture.ts';
import { control } from '../../../sandbox/control-calls.ts';
import { type Json, openArm } from '../../../sandbox/raw-https.ts';
import type { TestSandbox } from '../../../sandbox/start.ts';
import { creation } from '../memory-journal.ts';
import { sandboxMachine } from '../sandbox-machine.ts';

/** azdock's waits, hurried: the sandbox keeps real time. */
const clock: Clock = {
  now: () => systemClock.now() * 100,
  sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
};

/** A machine that may be of other sizes than the one asked for; it remembers what the user was told. */
export function fallbackMachine(sandbox: TestSandbox, values: AzureOptionValues) {
  const progress = listeningProgress();
  const machine = sandboxMachine(sandbox, { values, shared: { clock, pace: new Pace(clock) } });
  const { driver, journal } = machine;
  /** Addresses of each time that the machine had changed. */
  const changes: (string | undefined)[] = [];
  return {
    ...machine,
    said: progress.said,
    changes,
    check: () => driver.check((message) => progress.warn(message)),
    async make() {
      const context = {
        ...creation('dev', 'id-of-dev', journal),
        progress,
        onChange: async () => void changes.push(context.address),
      };
      const { signal } = new AbortController();
      await runSteps({ steps: driver.creationSteps(), context, progress, signal });
      return context;
    },
    async settled() {
      const { size, availabilityZone: zone, fallback } = await driver.settledOptions();
      return { size, zone, fallback };
    },
  };
}

/** Something of the machine as Azure has it. @param path such as `Compute/virtualMachines/dev` */
export async function inAzure(sandbox: TestSandbox, path: string): Promise<Json> {
  const azure = await openArm(sandbox);
  return (await azure('GET', `/resourceGroups/docker-machine/providers/Microsoft.${path}`)).body;
}

/** What was made and deleted since a request: `PUT dev-nic`. */
export async function changesSince(sandbox: TestSandbox, since: number): Promise<string[]> {
  const { body } = await control(sandbox, 'GET', `journal?since=${since}`);
  const changes = body.entries.filter(({ method }: Json) => method === 'PUT' || method === 'DELETE');
  return changes.map(({ method, url }: Json) => `${method} ${url.split('?')[0].split('/').at(-1)}`);
}

/** Number of the last request. */
export async function lastRequest(sandbox: TestSandbox): Promise<number> {
  return (await control(sandbox, 'GET', 'journal?since=999999999')).body.next;
}
