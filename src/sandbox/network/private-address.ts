import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { World } from '../world.ts';
import { contains, parseRange, type Range, sameAddress, toAddress } from './cidr.ts';
import { findSubnetById } from './interface-references.ts';
import type { IpConfiguration } from './interface-shape.ts';
import { versionOfConfiguration } from './ip-configurations.ts';
import type { NetworkInterface } from './network-interface.ts';
import { prefixesOf } from './subnet.ts';
import { addressesIn } from './subnet-changes.ts';

/** Azure keeps the first four addresses of a subnet and the last: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const reservedAtStart = 4n;

/**
 * Gives each IP configuration an address of its subnet: the one it names, the one it had, or the first free.
 *
 * @returns in the order of the configurations
 * @throws ArmProblem 400 for an address that is none of the subnet's, reserved or taken, and for a subnet that is full
 */
export function assignPrivateAddresses(
  world: World,
  nicId: string,
  configurations: readonly IpConfiguration[],
  existing: NetworkInterface | undefined,
): string[] {
  const assigned: string[] = [];
  const wishes = configurations.flatMap((one) => (isStatic(one) ? [one.properties.privateIPAddress ?? ''] : []));
  for (const configuration of configurations) {
    const subnet = configuration.properties.subnet?.id ?? '';
    const ranges = rangesOf(world, subnet, configuration);
    const taken = [...addressesIn(world, subnet, nicId), ...assigned];
    if (isStatic(configuration)) assigned.push(requireFree(configuration, ranges, taken));
    else
      assigned.push(keptAddress(configuration, ranges, existing) ?? firstFree(ranges, [...taken, ...wishes], subnet));
  }
  return assigned;
}

const isStatic = ({ properties }: IpConfiguration): boolean => properties.privateIPAllocationMethod === 'Static';

function rangesOf(world: World, subnet: string, configuration: IpConfiguration): readonly Range[] {
  const found = findSubnetById(world, subnet);
  const version = versionOfConfiguration(configuration);
  const family = version === 'IPv4' ? 4 : 6;
  const ranges = (found ? prefixesOf(found.subnet) : []).flatMap((prefix) => parseRange(prefix) ?? []);
  const usable = ranges.filter((range) => range.family === family);
  if (usable.length === 0)
    throw new ArmProblem(
      400,
      'NetcfgInvalidSubnet',
      `Subnet '${subnet}' has no address range of version ${version}, which IP configuration ${configuration.name} needs.`,
    );
  return usable;
}

/** The address that a configuration of that name had, as long as it stays in its subnet. */
function keptAddress(
  configuration: IpConfiguration,
  ranges: readonly Range[],
  existing: NetworkInterface | undefined,
): string | undefined {
  const index = existing?.properties.ipConfigurations.findIndex(
    ({ name }) => name.toLowerCase() === configuration.name.toLowerCase(),
  );
  if (index === undefined || index < 0) return undefined;
  const before = existing?.properties.ipConfigurations[index]?.properties.subnet?.id;
  const address = existing?.privateAddresses[index];
  const single = address === undefined ? undefined : parseRange(address);
  const stays =
    sameId(before, configuration.properties.subnet?.id) && single && ranges.some((one) => contains(one, single));
  return stays ? address : undefined;
}

function requireFree(
  { name, properties }: IpConfiguration,
  ranges: readonly Range[],
  taken: readonly string[],
): string {
  const wanted = properties.privateIPAddress ?? '';
  const single = wanted.includes('/') ? undefined : parseRange(wanted);
  if (!single)
    throw new ArmProblem(
      400,
      'InvalidIPAddressFormat',
      `IP configuration ${name} is static and names no valid private IP address: '${wanted}'.`,
    );
  const range = ranges.find((one) => contains(one, single));
  if (!range)
    throw new ArmProblem(
      400,
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${wanted} does not belong to the range of subnet prefix ${ranges.map((one) => toAddress(one.first, one.family)).join(', ')}.`,
    );
  // Code and words: hashicorp/terraform-provider-azurerm#4225.
  if (single.first < range.first + reservedAtStart || single.first === range.last)
    throw new ArmProblem(
      400,
      'PrivateIPAddressInReservedRange',
      `Private static IP address ${wanted} falls within reserved IP range of the subnet.`,
    );
  if (taken.some((address) => sameAddress(address, wanted)))
    throw new ArmProblem(
      400,
      'PrivateIPAddressInUse',
      `IP configuration ${name} is using the private IP address ${wanted} which is already allocated.`,
    );
  return toAddress(single.first, single.family);
}

function firstFree(ranges: readonly Range[], taken: readonly string[], subnet: string): string {
  const unavailable = new Set(taken);
  for (const { family, first, last } of ranges)
    for (let number = first + reservedAtStart; number < last; number += 1n) {
      const address = toAddress(number, family);
      if (!unavailable.has(address)) return address;
    }
  throw new ArmProblem(400, 'SubnetIsFull', `Subnet ${subnet} does not have enough capacity for 1 IP addresses.`);
}
