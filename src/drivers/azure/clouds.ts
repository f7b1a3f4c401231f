import type { AzureDependencies } from './dependencies.ts';
import { knownCloud } from './known-clouds.ts';
import { findSandbox, type Sandbox } from './sandbox-discovery.ts';

/** One of Azure's clouds, or the sandbox. */
export interface Cloud {
  /** docker-machine's name for it, as it stands in records. */
  readonly name: string;
  /** Azure Resource Manager. */
  readonly endpoint: string;
  /** Microsoft Entra. */
  readonly authority: string;
  /** What a token is asked for. */
  readonly scope: string;
  /** A machine with DNS label L in region R is `L.R.<dnsSuffix>`. */
  readonly dnsSuffix: string;
  /** TCP port of SSH on its machines. */
  readonly sshPort: number;
  /** Present when this is the sandbox. */
  readonly sandbox?: Sandbox;
  /** Not one of Microsoft's own clouds: its login is known to nobody but itself. */
  readonly custom?: true;
  /** The tenant, where the cloud has only one: `adfs` with Active Directory Federation Services. */
  readonly tenantId?: string;
  /** Azure Stack Hub: what is asked of it is put into the words of the older API that it has. */
  readonly isStackHub?: boolean;
}

/**
 * Finds a cloud: the sandbox, which is started when it is down; one of Microsoft's, by docker-machine's or az's name for it,
 * whatever the case; any other by the address of its Azure Resource Manager, by the file that AZURE_ENVIRONMENT_FILEPATH names,
 * or by the name under which az knows it.
 *
 * @throws UsageError when no cloud is called so, or does not say what it is; SandboxError
 */
export async function findCloud(environment: string, dependencies: AzureDependencies): Promise<Cloud> {
  if (environment.toLowerCase() === 'sandbox') return sandboxCloud(await findSandbox(dependencies));
  const known = knownCloud(environment);
  if (known !== undefined) return known;
  const { findCustomCloud } = await import('./custom-cloud.ts');
  return findCustomCloud(environment, dependencies);
}

function sandboxCloud(sandbox: Sandbox): Cloud {
  return {
    name: 'sandbox',
    endpoint: sandbox.endpoint,
    authority: sandbox.authority,
    scope: 'https://management.azure.com/.default',
    dnsSuffix: 'cloudapp.azure.com',
    sshPort: sandbox.sshPort,
    sandbox,
  };
}
