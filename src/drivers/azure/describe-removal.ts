import type { AzureOptions } from './options.ts';

/** What a machine's removal removes, in words. */
export function describeRemoval({ noPublicIp, resourceGroup, location, dataDisks }: AzureOptions): string {
  const publicIp = noPublicIp ? '' : ', public IP';
  return `virtual machine, ${disks(dataDisks.length)}, NIC${publicIp} and firewall in ${resourceGroup} (${location})`;
}

/** The OS disk, and the data disks with all that is on them. */
export function disks(dataDisks: number): string {
  if (dataDisks === 0) return 'disk';
  return dataDisks === 1 ? 'disk, data disk' : `disk, ${dataDisks} data disks`;
}
