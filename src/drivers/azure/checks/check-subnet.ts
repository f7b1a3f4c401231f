import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { contains, type IpRange, overlaps, parseRange, rangeText } from '../ip-range.ts';
import { freeIpv6Subnet, isIpv6 } from '../network-ipv6.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { holdsAddress } from '../remains/holds-already.ts';
import { prefixesOf } from '../virtual-network.ts';
import { hintAtSubnetRules } from './check-security-group.ts';
import { refusal, tryWith } from './refusal.ts';
import type { Warn } from './warn.ts';

/** Azure keeps the first four addresses of a subnet and the last (learn.microsoft.com, "Azure Virtual Network FAQ"). */
const RESERVED_AT_START = 4n;
const RESERVED = 5n;
/** Free addresses that are offered instead of one that is taken. */
const OFFERS = 3;

/** Whether a subnet that exists takes the machine. @throws PreCreateCheckError */
export async function checkSubnet(machine: AzureMachine, subnet: Subnet, warn: Warn): Promise<void> {
  const { name, names, options } = machine;
  const [delegation] = subnet.delegations ?? [];
  if (delegation !== undefined)
    throw refusal(
      names.ids.subnet,
      `Subnet ${names.subnet} belongs to ${delegation.serviceName ?? 'a service of Azure'}: it takes no virtual machines.`,
      [tryWith(name, 'Another subnet', '--azure-subnet NAME')],
    );
  if (options.ipv6 && !prefixesOf(subnet).some(isIpv6))
    throw withoutIpv6(machine, `Subnet ${names.subnet} has no IPv6 addresses`);
  checkRoom(machine, subnet);
  checkPrefix(machine, prefixesOf(subnet));
  if (options.noPublicIp && !hasWayOut(subnet))
    warn(
      `Subnet ${names.subnet} has no way out to the internet, and ${name} has no public IP: Docker can be installed only from mirrors that it reaches. A NAT gateway at the subnet is a way out.`,
    );
  await Promise.all([checkAddressIsFree(machine), hintAtSubnetRules(machine, subnet, warn)]);
}

/** Whether the subnet that has to be made fits into the network that is there. @throws PreCreateCheckError */
export function checkNewSubnet(machine: AzureMachine, network: VirtualNetwork): void {
  const { name, names, options } = machine;
  const wanted = parseRange(options.subnetPrefix);
  const space = network.addressSpace?.addressPrefixes ?? [];
  const others = (network.subnets ?? []).map((subnet) => ({ name: subnet.name ?? '', prefixes: prefixesOf(subnet) }));
  if (wanted === undefined) return;
  const steps = [
    tryWith(name, 'Another range', `--azure-subnet ${names.subnet} --azure-subnet-prefix CIDR`),
    ...others.slice(0, OFFERS).map((other) => tryWith(name, 'A subnet that is there', `--azure-subnet ${other.name}`)),
  ];
  if (!ranges(space).some((range) => contains(range, wanted)))
    throw refusal(
      '--azure-subnet-prefix',
      `Subnet ${names.subnet} would have ${options.subnetPrefix}, and network ${names.vnet} has ${space.join(', ')}.`,
      steps,
    );
  const twin = others.find(({ prefixes }) => ranges(prefixes).some((range) => overlaps(range, wanted)));
  if (twin !== undefined)
    throw refusal(
      '--azure-subnet-prefix',
      `Subnet ${names.subnet} would have ${options.subnetPrefix}, where subnet ${twin.name} of network ${names.vnet} has ${twin.prefixes.join(', ')}.`,
      steps,
    );
  const taken = others.flatMap(({ prefixes }) => prefixes);
  if (options.ipv6 && freeIpv6Subnet(space, taken) === undefined)
    throw withoutIpv6(machine, `Network ${names.vnet} has no IPv6 addresses left`);
  checkPrefix(machine, [options.subnetPrefix]);
}

/** A private address that is asked for has to be one of the subnet's, and none that Azure keeps. @throws PreCreateCheckError */
export function checkPrefix({ name, names, options }: AzureMachine, prefixes: readonly string[]): void {
  const wanted = options.privateIpAddress;
  const address = wanted === undefined ? undefined : parseRange(wanted);
  if (address === undefined) return;
  const range = ranges(prefixes).find((one) => contains(one, address));
  const flag = '--azure-private-ip-address';
  const any = tryWith(name, 'Any free one', `--azure-subnet ${names.subnet}`, 'azure-private-ip-address');
  if (range === undefined)
    throw refusal(flag, `${wanted} is not in subnet ${names.subnet}, which has ${prefixes.join(', ')}.`, [any]);
  if (address.first < range.first + RESERVED_AT_START || address.first === range.last)
    throw refusal(flag, `${wanted} is one of the five addresses of ${rangeText(range)} that Azure keeps for itself.`, [
      any,
    ]);
}

/** Counts addresses; in a subnet with two families it cannot, since the list does not tell them apart. */
function checkRoom({ name, names, batch }: AzureMachine, subnet: Subnet): void {
  const prefixes = ranges(prefixesOf(subnet));
  if (prefixes.some(({ family }) => family === 6)) return;
  const room = prefixes.reduce((sum, { first, last }) => sum + last - first + 1n - RESERVED, 0n);
  const taken = BigInt(subnet.ipConfigurations?.length ?? 0);
  if (prefixes.length === 0 || taken + BigInt(batch.count) <= room) return;
  const fact =
    taken < room
      ? `has room for ${room - taken} more, and these are ${batch.count}`
      : `is full: all of its ${room} addresses are taken`;
  throw refusal(names.ids.subnet, `Subnet ${names.subnet} ${fact}.`, [
    tryWith(name, 'Another subnet', '--azure-subnet NAME --azure-subnet-prefix CIDR'),
  ]);
}

async function checkAddressIsFree(machine: AzureMachine): Promise<void> {
  const { name, names, options, session } = machine;
  const { privateIpAddress: wanted } = options;
  if (wanted === undefined) return;
  const answer = await unlessForbidden(() =>
    session.call(deed(machine, `ask for address ${wanted}`, wanted), undefined, async (to) =>
      (await to.network()).virtualNetworks.checkIPAddressAvailability(names.vnetGroup, names.vnet, wanted),
    ),
  );
  if (answer === undefined || answer.available !== false || (await holdsAddress(machine, wanted))) return;
  const offers = (answer.availableIPAddresses ?? []).slice(0, OFFERS);
  throw refusal('--azure-private-ip-address', `${wanted} is taken in network ${names.vnet}.`, [
    ...offers.map((offer) => tryWith(name, 'This one is free', `--azure-private-ip-address ${offer}`)),
    tryWith(name, 'Any free one', `--azure-subnet ${names.subnet}`, 'azure-private-ip-address'),
  ]);
}

function withoutIpv6({ name, names }: AzureMachine, what: string): Error {
  return refusal('--azure-ipv6', `${what}, and stays as it is.`, [
    tryWith(name, 'A network of its own', `--azure-ipv6 --azure-vnet ${names.vnet}-ipv6`),
    tryWith(name, 'Without IPv6', `--azure-subnet ${names.subnet}`, 'azure-ipv6'),
  ]);
}

/** By default, by a NAT gateway, or by whatever a route table leads to. */
function hasWayOut({ defaultOutboundAccess, natGateway, routeTable }: Subnet): boolean {
  return defaultOutboundAccess !== false || natGateway !== undefined || routeTable !== undefined;
}

function ranges(prefixes: readonly string[]): IpRange[] {
  return prefixes.flatMap((prefix) => parseRange(prefix) ?? []);
}
