import type { AzureDependencies } from '../drivers/azure/dependencies.ts';
import type { Driver } from '../drivers/driver.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { StoredMachine } from '../store/load.ts';
import { loadMachineSync } from '../store/load.ts';
import type { MachineContext } from './machine-context.ts';

/**
 * The driver of a machine in the store. The driver's code is loaded here and not before.
 * @throws MachineNotFoundError, RecordError; UnsupportedError for a driver that azdock does not have
 */
export async function openDriver(name: string, context: MachineContext): Promise<Driver> {
  return driverOf(loadMachineSync(context.storePath, name), context);
}

/** As {@link openDriver}, for a machine already read. */
export async function driverOf(machine: StoredMachine, context: MachineContext): Promise<Driver> {
  const { record, sidecar } = machine;
  switch (record.DriverName) {
    case 'azure': {
      const { createAzureDriver } = await import('../drivers/azure/driver.ts');
      const { recordedOptions } = await import('../drivers/azure/record.ts');
      const options = recordedOptions(record.Driver, sidecar?.driver, context.environment);
      return createAzureDriver({
        name: record.Name,
        id: sidecar?.id ?? '',
        storeId: sidecar?.store,
        options,
        dependencies: azureDependencies(context),
      });
    }
    case 'generic': {
      const { createGenericDriver } = await import('../drivers/generic/driver.ts');
      const { genericDependencies } = await import('./generic-dependencies.ts');
      return createGenericDriver(record.Driver, genericDependencies(record.Name, context));
    }
    case 'none': {
      const { createNoneDriver } = await import('../drivers/none/driver.ts');
      return createNoneDriver(record.Driver);
    }
    default:
      throw new UnsupportedError(
        `${record.Name} is a machine of driver ${record.DriverName}, which azdock does not have: azure, generic and none are.`,
        {
          resource: record.Name,
          nextSteps: [{ label: 'Drop its local files', command: `azdock rm -f ${record.Name}` }],
        },
      );
  }
}

/** What the Azure driver takes from outside. */
export function azureDependencies(context: MachineContext): AzureDependencies {
  const { environment, clock, signal, pace, interactive, version, debug, httpClient } = context;
  return {
    environment,
    clock,
    signal,
    pace,
    interactive,
    version,
    debug,
    httpClient,
    startSandbox: () => context.startSandbox(),
    notify: (message) => context.notify(message),
  };
}
