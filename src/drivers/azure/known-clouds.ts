import type { Cloud } from './clouds.ts';

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

/** Microsoft's cloud of that name, whatever the case; undefined when none is called so. */
export function knownCloud(name: string): Cloud | undefined {
  const wanted = name.toLowerCase();
  return clouds.find(({ spellings }) => spellings.some((spelling) => spelling.toLowerCase() === wanted));
}

/** Names for an error message. */
export const knownCloudNames: readonly string[] = clouds.map(({ name }) => name);
