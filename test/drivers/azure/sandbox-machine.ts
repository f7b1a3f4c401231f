import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { AzureDependencies } from '../../../src/drivers/azure/dependencies.ts';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { type Progress, silentProgress } from '../../../src/steps/progress.ts';
import { runSteps } from '../../../src/steps/run-steps.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import type { TestSandbox } from '../../sandbox/start.ts';
import { creation, memoryJournal } from './memory-journal.ts';
import { dependencies } from './scripted-azure.ts';

export interface SandboxMachineOptions {
  readonly name?: string;
  /** Value of the tag `azdock-id`. @defaultValue the same for all of a name */
  readonly id?: string;
  /** Value of the tag `azdock-store`. @defaultValue none */
  readonly storeId?: string;
  readonly values?: AzureOptionValues;
  /** Stands between the driver and the sandbox. */
  readonly httpClient?: HttpClient;
  readonly journal?: ReturnType<typeof memoryJournal>;
  /** What machines of one process share. @defaultValue each has its own */
  readonly shared?: Pick<AzureDependencies, 'clock' | 'pace'>;
  /** Takes the lines that a user would read. */
  readonly tell?: (line: string) => void;
}

/** A machine on a sandbox, driven as the machine folder drives it. */
export function sandboxMachine(sandbox: TestSandbox, given: SandboxMachineOptions = {}) {
  const name = given.name ?? 'dev';
  const id = given.id ?? `id-of-${name}`;
  const journal = given.journal ?? memoryJournal();
  const { options } = azureOptions({ environment: 'sandbox', ...given.values });
  const world = dependencies({
    environment: { AZDOCK_SANDBOX_DIR: sandbox.directory },
    ...(given.shared ?? { clock: systemClock }),
    httpClient: given.httpClient ?? createDefaultHttpClient(),
  });
  const driver = createAzureDriver({ name, id, storeId: given.storeId, options, dependencies: world });
  const { signal } = new AbortController();
  const { tell } = given;
  const progress: Progress = tell === undefined ? silentProgress : { ...silentProgress, info: tell, warn: tell };
  return {
    driver,
    journal,
    options,
    world,
    async create() {
      const context = { ...creation(name, id, journal), progress };
      await runSteps({ steps: driver.creationSteps(), context, progress, signal });
      return context;
    },
    remove: () => driver.remove(journal, progress, signal),
  };
}

/** What there is in the sandbox, groups included, as ids. */
export function leftOvers(sandbox: TestSandbox): string[] {
  const { state } = sandbox.server.world;
  return [...[...state.groups].map(({ id }) => id), ...state.resources().map(({ id }) => id)];
}
