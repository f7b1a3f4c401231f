import type { AzureOptions } from './options.ts';

/** What a machine's removal removes, in words. */
export function describeRemoval({ noPublicIp, resourceGroup, location }: AzureOptions): string {
  const publicIp = noPublicIp ? '' : ', public IP';
  return `virtual machine, disk, NIC${publicIp} and firewall in ${resourceGroup} (${location})`;
}
