import { isIPv4 } from 'node:net';
import { UsageError } from '../../errors/usage-error.ts';
import type { AzureOptions } from './options.ts';
import { loginMethods } from './options.ts';
import { parseOpenPort } from './security-rules.ts';

/** Values of osProfile.adminUsername that Azure refuses (Microsoft.Compute 2024-07-01, OSProfile). */
const refusedUsers = new Set(
  (
    'administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david ' +
    'guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5'
  ).split(' '),
);

/** SKUs that an OS disk can have (Microsoft.Compute/disks). */
const diskSkus = ['Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_LRS', 'Premium_ZRS'];

/** Checks each value by itself, without asking Azure. @throws UsageError naming the flag */
export function checkAzureOptions(options: AzureOptions): void {
  const wrong = (flag: string, value: unknown, what: string): never => {
    throw new UsageError(`--azure-${flag} ${JSON.stringify(value)}: ${what}.`, { resource: `--azure-${flag}` });
  };
  for (const [flag, value] of required(options)) if (value === '') wrong(flag, value, 'must not be empty');
  if (!/^[-\w.()]{0,89}[-\w()]$/.test(options.resourceGroup))
    wrong('resource-group', options.resourceGroup, 'letters, digits, _ - . ( ), at most 90, not ending with a period');
  if (!/^[a-z_][-a-z0-9_]{0,31}$/.test(options.sshUser) || refusedUsers.has(options.sshUser))
    wrong('ssh-user', options.sshUser, 'Azure does not allow this name for the first user');
  if (!isPort(options.dockerPort)) wrong('docker-port', options.dockerPort, 'a port is a number from 1 to 65535');
  if (!isImage(options.image)) wrong('image', options.image, 'expected publisher:offer:sku:version, or an image id');
  if (options.virtualNetwork.split(':').length > 2 || /^:|:$/.test(options.virtualNetwork))
    wrong('vnet', options.virtualNetwork, 'expected name, or group:name');
  if (!isCidr(options.subnetPrefix))
    wrong('subnet-prefix', options.subnetPrefix, 'expected an IPv4 network like 10.1.0.0/16');
  if (!diskSkus.some((sku) => sku.toLowerCase() === options.storageType.toLowerCase()))
    wrong('storage-type', options.storageType, `expected one of ${diskSkus.join(', ')}`);
  if (options.privateIpAddress !== undefined && !isIPv4(options.privateIpAddress))
    wrong('private-ip-address', options.privateIpAddress, 'expected an IPv4 address');
  if (options.dnsLabel !== undefined && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(options.dnsLabel))
    wrong('dns', options.dnsLabel, 'small letters, digits and -, 3 to 63, beginning with a letter');
  if (options.dnsLabel !== undefined && options.noPublicIp)
    wrong('dns', options.dnsLabel, 'a DNS label belongs to a public IP, and --azure-no-public-ip leaves that out');
  if (!loginMethods.includes(options.login))
    wrong('login', options.login, `expected one of ${loginMethods.join(', ')}`);
  for (const port of options.openPorts) parseOpenPort(port);
}

/** Flags that docker-machine insists on (docker/machine:drivers/azure). */
function required(options: AzureOptions): readonly (readonly [flag: string, value: string])[] {
  return [
    ['environment', options.environment],
    ['resource-group', options.resourceGroup],
    ['ssh-user', options.sshUser],
    ['location', options.location],
    ['size', options.size],
    ['image', options.image],
    ['vnet', options.virtualNetwork],
    ['subnet', options.subnet],
    ['subnet-prefix', options.subnetPrefix],
    ['storage-type', options.storageType],
  ];
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isImage(image: string): boolean {
  return /\/images\//i.test(image) || /^[^:\s]+:[^:\s]+:[^:\s]+:[^:\s]+$/.test(image);
}

function isCidr(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  return (
    isIPv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= 29 && text.split('/').length === 2
  );
}
