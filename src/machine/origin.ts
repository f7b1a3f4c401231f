import { resolve } from 'node:path';
import type { AzureOptions } from '../drivers/azure/options.ts';
import type { AzureOptionValues } from '../drivers/azure/resolve-options.ts';
import type { GenericOptions, GenericOptionValues } from '../drivers/generic/options.ts';
import type { NoneOptions } from '../drivers/none/options.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { ProvisionerChoice } from './choose-provisioner.ts';
import { requireSockets } from './tunnel/require-sockets.ts';

/** Where a new machine is to come from: a driver, and what was asked of it. */
export type Origin =
  | { readonly driver: 'azure'; readonly options: AzureOptions; readonly provisioner: ProvisionerChoice }
  | { readonly driver: 'generic'; readonly options: GenericOptions; readonly tunnel: boolean }
  | { readonly driver: 'none'; readonly options: NoneOptions };

/** What the command line says about it: the driver's name, and the values of each driver's flags. */
export interface OriginInput {
  readonly driver: string;
  readonly azure: AzureOptionValues;
  readonly provisioner: ProvisionerChoice;
  readonly generic: GenericOptionValues;
  readonly none: { readonly url: string | undefined };
  /** The engine opens no port and is reached through SSH. */
  readonly tunnel: boolean;
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
  const { tunnel } = input;
  const path = (file: string | undefined) => (file === undefined || file === '' ? undefined : resolve(cwd, file));
  switch (input.driver) {
    case 'azure': {
      const { azureOptions } = await import('../drivers/azure/resolve-options.ts');
      const { azure, provisioner } = input;
      if (tunnel) requireTunnel(azure.dockerPort === undefined ? undefined : '--azure-docker-port', enginePort);
      const { options, warnings } = azureOptions({ ...azure, tunnel, dockerPort: azure.dockerPort ?? enginePort });
      const settled = { ...options, customDataFile: path(options.customDataFile) };
      return { origin: { driver: 'azure', options: settled, provisioner }, warnings };
    }
    case 'generic': {
      const { genericOptions } = await import('../drivers/generic/options.ts');
      const { generic } = input;
      if (tunnel) requireTunnel(generic.enginePort === undefined ? undefined : '--generic-engine-port', enginePort);
      const port = generic.enginePort ?? enginePort;
      const options = genericOptions({ ...generic, enginePort: port, sshKey: path(generic.sshKey) });
      return { origin: { driver: 'generic', options, tunnel }, warnings: [] };
    }
    case 'none': {
      const { noneOptions } = await import('../drivers/none/options.ts');
      if (tunnel)
        throw new UsageError('--tunnel does not go with driver none: a URL has no host to log in to.', {
          resource: '--tunnel',
        });
      return { origin: { driver: 'none', options: noneOptions(input.none) }, warnings: [] };
    }
    default:
      throw new UnsupportedError(
        `Driver ${JSON.stringify(input.driver)} not found: azdock has the drivers azure, generic and none.`,
        { resource: '--driver' },
      );
  }
}

/**
 * Refuses what a tunnel cannot be: on a computer whose docker takes no socket, or beside a port of the engine.
 * @param flag that brought a port
 * @param port from the extension's settings
 */
function requireTunnel(flag: string | undefined, port: number | undefined): void {
  requireSockets();
  const given = flag ?? (port === undefined ? undefined : 'docker.port in --extension-settings');
  if (given === undefined) return;
  throw new UsageError(`${given} does not go with --tunnel: the engine opens no port.`, { resource: '--tunnel' });
}
