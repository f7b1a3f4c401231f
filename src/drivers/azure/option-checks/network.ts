import { isIPv4 } from 'node:net';
import type { AzureOptions } from '../options.ts';
import { parseOpenPort } from '../security-rules.ts';
import { wrongValue } from './wrong-value.ts';

/** Where the machine is reached. @throws UsageError naming the flag */
export function checkNetworkOptions(options: AzureOptions): void {
  if (!isPort(options.dockerPort)) wrongValue('docker-port', options.dockerPort, 'a port is a number from 1 to 65535');
  if (options.virtualNetwork.split(':').length > 2 || /^:|:$/.test(options.virtualNetwork))
    wrongValue('vnet', options.virtualNetwork, 'expected name, or group:name');
  if (!isCidr(options.subnetPrefix))
    wrongValue('subnet-prefix', options.subnetPrefix, 'expected an IPv4 network like 10.1.0.0/16');
  if (options.privateIpAddress !== undefined && !isIPv4(options.privateIpAddress))
    wrongValue('private-ip-address', options.privateIpAddress, 'expected an IPv4 address');
  if (options.dnsLabel !== undefined && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(options.dnsLabel))
    wrongValue('dns', options.dnsLabel, 'small letters, digits and -, 3 to 63, beginning with a letter');
  if (options.dnsLabel !== undefined && options.noPublicIp)
    wrongValue('dns', options.dnsLabel, 'a DNS label belongs to a public IP, and --azure-no-public-ip leaves that out');
  for (const port of options.openPorts) parseOpenPort(port);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isCidr(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  return (
    isIPv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= 29 && text.split('/').length === 2
  );
}
