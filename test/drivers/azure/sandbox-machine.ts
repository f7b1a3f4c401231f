import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { AzureDependencies } from '../../../src/drivers/azure/dependencies.ts';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { runSteps } from '../../../src/steps/run-steps.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import type { TestSandbox } from '../../sandbox/start.ts';
import { creation, memoryJournal } from './memory-journal.ts';
import { dependencies } from './scripted-azure.ts';

export interface SandboxMachineOptions {
  readonly name?: string;
  readonly values?: AzureOptionValues;
  /** Stands between the driver and the sandbox. */
  readonly httpClient?: HttpClient;
  readonly journal?: ReturnType<typeof memoryJournal>;
  /** What machines of one process share. @defaultValue each has its own */
  readonly shared?: Pick<AzureDependencies, 'clock' | 'pace'>;
}

/** A machine on a sandbox, driven as the machine folder drives it. */
export function sandboxMachine(sandbox: TestSandbox, given: SandboxMachineOptions = {}) {
  const name = given.name ?? 'dev';
  const id = `id-of-${name}`;
  const journal = given.journal ?? memoryJournal();
  const { options } = azureOptions({ environment: 'sandbox', ...given.values });
  const world = dependencies({
    environment: { AZDOCK_SANDBOX_DIR: sandbox.directory },
    ...(given.shared ?? { clock: systemClock }),
    httpClient: given.httpClient ?? createDefaultHttpClient(),
  });
  const driver = createAzureDriver({ name, id, options, dependencies: world });
  const { signal } = new AbortController();
  return {
    driver,
    journal,
    options,
    world,
    async create() {
      const context = creation(name, id, journal);
      await runSteps({ steps: driver.creationSteps(), context, progress: silentProgress, signal });
      return context;
    },
    remove: () => driver.remove(journal, silentProgress, signal),
  };
}

/** What there is in the sandbox, groups included, as ids. */
export function leftOvers(sandbox: TestSandbox): string[] {
  const { state } = sandbox.server.world;
  return [...[...state.groups].map(({ id }) => id), ...state.resources().map(({ id }) => id)];
}
