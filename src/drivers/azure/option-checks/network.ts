import { isIPv4 } from 'node:net';
import { isAligned, parseRange, rangeText } from '../ip-range.ts';
import { parsePlace, parseSubnetPlace } from '../network-place.ts';
import type { AzureOptions } from '../options.ts';
import { azureDefaults } from '../options.ts';
import { securityRules } from '../security-rules.ts';
import { requireSources } from '../sources.ts';
import { wrongTogether, wrongValue } from './wrong-value.ts';

/** Where the machine is reached. @throws UsageError naming the flag */
export function checkNetworkOptions(options: AzureOptions): void {
  if (!isPort(options.dockerPort)) wrongValue('docker-port', options.dockerPort, 'a port is a number from 1 to 65535');
  checkPlaces(options);
  checkSubnetPrefix(options.subnetPrefix);
  if (options.privateIpAddress !== undefined && !isIPv4(options.privateIpAddress))
    wrongValue('private-ip-address', options.privateIpAddress, 'expected an IPv4 address');
  if (options.dnsLabel !== undefined && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(options.dnsLabel))
    wrongValue('dns', options.dnsLabel, 'small letters, digits and -, 3 to 63, beginning with a letter');
  if (options.dnsLabel !== undefined && options.noPublicIp)
    wrongValue('dns', options.dnsLabel, 'a DNS label belongs to a public IP, and --azure-no-public-ip leaves that out');
  checkRules(options);
}

/** What is named has to be readable; whether it is there, Azure tells. */
function checkPlaces(options: AzureOptions): void {
  const { virtualNetwork, subnet, securityGroup } = options;
  const home = { subscriptionId: 'any', resourceGroup: options.resourceGroup };
  const vnet = parsePlace(virtualNetwork, 'virtualNetworks', home);
  if (vnet === undefined || !isName(vnet.name, 64) || !isGroup(vnet.group))
    wrongValue('vnet', virtualNetwork, 'expected name, group:name, or the resource id of a virtual network');
  const place = parseSubnetPlace({ virtualNetwork, subnet }, home);
  if (place === undefined || !isName(place.name, 80))
    wrongValue('subnet', subnet, 'expected name, or the resource id of a subnet');
  const isGiven = virtualNetwork !== azureDefaults.virtualNetwork;
  if (place.byId && isGiven && place.vnet.name.toLowerCase() !== vnet.name.toLowerCase())
    wrongValue('subnet', subnet, `it is in ${place.vnet.name}, and --azure-vnet names ${virtualNetwork}`);
  if (securityGroup === undefined) return;
  const group = parsePlace(securityGroup, 'networkSecurityGroups', home);
  if (group === undefined || !isName(group.name, 80) || !isGroup(group.group))
    wrongValue('nsg', securityGroup, 'expected name, group:name, or the resource id of a network security group');
}

/** Who may come in where. A security group of the user's stays as it is, so nothing can be asked of it. */
function checkRules(options: AzureOptions): void {
  const { securityGroup, allowFrom, openPorts } = options;
  requireSources(allowFrom);
  securityRules(options);
  if (securityGroup === undefined) return;
  const stays = `the rules of --azure-nsg ${securityGroup} stay as they are; open it there, or leave --azure-nsg out`;
  if (allowFrom.length > 0) wrongTogether('allow-from', stays);
  if (openPorts.length > 0) wrongTogether('open-port', stays);
}

/** Microsoft.Network's rule for names (learn.microsoft.com, "Naming rules and restrictions for Azure resources"). */
function isName(text: string, longest: number): boolean {
  return text.length <= longest && /^[a-z0-9]([\w.-]*\w)?$/i.test(text);
}

function isGroup(text: string): boolean {
  return /^[-\w.()]{0,89}[-\w()]$/.test(text);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Sizes of IPv4 subnets: /29 is the smallest (learn.microsoft.com, "Azure Virtual Network FAQ"). */
function checkSubnetPrefix(text: string): void {
  const range = parseRange(text);
  const bits = Number(text.split('/')[1] ?? Number.NaN);
  if (range?.family !== 4 || !(bits >= 8 && bits <= 29))
    wrongValue('subnet-prefix', text, 'expected an IPv4 network like 10.1.0.0/16, from /8 to /29');
  if (!isAligned(text)) wrongValue('subnet-prefix', text, `it has bits after its prefix; it is ${rangeText(range)}`);
}
