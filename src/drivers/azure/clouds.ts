import { UsageError } from '../../errors/usage-error.ts';
import type { AzureDependencies } from './dependencies.ts';
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
}

/** Endpoints: azure-sdk-for-js, cloudSettingHelpers and AzureAuthorityHosts; DNS suffixes: az cloud show. */
const clouds: readonly (Cloud & { readonly spellings: readonly string[] })[] = [
  {
    name: 'AzurePublicCloud',
    spellings: ['AzurePublicCloud', 'AzureCloud', 'public'],
    endpoint: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    scope: 'https://management.azure.com/.default',
    dnsSuffix: 'cloudapp.azure.com',
    sshPort: 22,
  },
  {
    name: 'AzureUSGovernmentCloud',
    spellings: ['AzureUSGovernmentCloud', 'AzureUSGovernment', 'usgovernment'],
    endpoint: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    scope: 'https://management.usgovcloudapi.net/.default',
    dnsSuffix: 'cloudapp.usgovcloudapi.net',
    sshPort: 22,
  },
  {
    name: 'AzureChinaCloud',
    spellings: ['AzureChinaCloud', 'china'],
    endpoint: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    scope: 'https://management.chinacloudapi.cn/.default',
    dnsSuffix: 'cloudapp.chinacloudapi.cn',
    sshPort: 22,
  },
];

/**
 * Finds a cloud by docker-machine's or az's name for it, whatever the case. `sandbox` is started when it is down.
 *
 * @throws UsageError when no cloud is called so; SandboxError
 */
export async function findCloud(
  environment: string,
  dependencies: Pick<AzureDependencies, 'environment' | 'startSandbox'>,
): Promise<Cloud> {
  const wanted = environment.toLowerCase();
  if (wanted === 'sandbox') return sandboxCloud(await findSandbox(dependencies));
  const cloud = clouds.find(({ spellings }) => spellings.some((spelling) => spelling.toLowerCase() === wanted));
  if (cloud !== undefined) return cloud;
  throw new UsageError(
    `--azure-environment ${JSON.stringify(environment)}: expected one of ${clouds.map(({ name }) => name).join(', ')}, sandbox.`,
    { resource: '--azure-environment' },
  );
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
