import type { AzureOptions } from './options.ts';
import { parseResourceId } from './resource-id.ts';

/** What a machine's removal removes, in words. A security group of the user's stays. */
export function describeRemoval(options: AzureOptions): string {
  if (options.existing !== undefined) {
    const { names: [vm] = [], group } = parseResourceId(options.existing.vm) ?? {};
    return `azdock's extension and tags; virtual machine ${vm} in ${group} stays`;
  }
  const { securityGroup, resourceGroup, location, dataDisks } = options;
  const parts = ['virtual machine', disks(dataDisks.length), 'NIC', ...publicIps(options)];
  if (securityGroup === undefined) parts.push('firewall');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} in ${resourceGroup} (${location})`;
}

/** Public addresses of a machine, in words. */
export function publicIps({ noPublicIp, ipv6 }: Pick<AzureOptions, 'noPublicIp' | 'ipv6'>): readonly string[] {
  if (noPublicIp) return [];
  return [ipv6 ? 'public IPs' : 'public IP'];
}

/** The OS disk, and the data disks with all that is on them. */
export function disks(dataDisks: number): string {
  if (dataDisks === 0) return 'disk';
  return dataDisks === 1 ? 'disk, data disk' : `disk, ${dataDisks} data disks`;
}
