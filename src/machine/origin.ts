import { resolve } from 'node:path';
import type { AzureOptions } from '../drivers/azure/options.ts';
import type { AzureOptionValues } from '../drivers/azure/resolve-options.ts';
import type { GenericOptions, GenericOptionValues } from '../drivers/generic/options.ts';
import type { NoneOptions } from '../drivers/none/options.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { ProvisionerChoice } from './choose-provisioner.ts';

/** Where a new machine is to come from: a driver, and what was asked of it. */
export type Origin =
  | { readonly driver: 'azure'; readonly options: AzureOptions; readonly provisioner: ProvisionerChoice }
  | { readonly driver: 'generic'; readonly options: GenericOptions }
  | { readonly driver: 'none'; readonly options: NoneOptions };

/** What the command line says about it: the driver's name, and the values of each driver's flags. */
export interface OriginInput {
  readonly driver: string;
  readonly azure: AzureOptionValues;
  readonly provisioner: ProvisionerChoice;
  readonly generic: GenericOptionValues;
  readonly none: { readonly url: string | undefined };
}

/**
 * Takes the values of the driver that is meant, fills in its defaults and checks each by itself.
 *
 * @param given `cwd` is what relative paths start from, `enginePort` a port that was given elsewhere than by the driver's flag
 * @returns the origin, and lines for the user about values that were replaced
 * @throws UsageError naming the flag; UnsupportedError for a driver that there is not
 */
export async function readOrigin(
  input: OriginInput,
  given: { readonly cwd: string; readonly enginePort: number | undefined },
): Promise<{ readonly origin: Origin; readonly warnings: readonly string[] }> {
  const { cwd, enginePort } = given;
  const path = (file: string | undefined) => (file === undefined || file === '' ? undefined : resolve(cwd, file));
  switch (input.driver) {
    case 'azure': {
      const { azureOptions } = await import('../drivers/azure/resolve-options.ts');
      const { azure, provisioner } = input;
      const { options, warnings } = azureOptions({ ...azure, dockerPort: azure.dockerPort ?? enginePort });
      const settled = { ...options, customDataFile: path(options.customDataFile) };
      return { origin: { driver: 'azure', options: settled, provisioner }, warnings };
    }
    case 'generic': {
      const { genericOptions } = await import('../drivers/generic/options.ts');
      const { generic } = input;
      const port = generic.enginePort ?? enginePort;
      const options = genericOptions({ ...generic, enginePort: port, sshKey: path(generic.sshKey) });
      return { origin: { driver: 'generic', options }, warnings: [] };
    }
    case 'none': {
      const { noneOptions } = await import('../drivers/none/options.ts');
      return { origin: { driver: 'none', options: noneOptions(input.none) }, warnings: [] };
    }
    default:
      throw new UnsupportedError(
        `Driver ${JSON.stringify(input.driver)} not found: azdock has the drivers azure, generic and none.`,
        { resource: '--driver' },
      );
  }
}
