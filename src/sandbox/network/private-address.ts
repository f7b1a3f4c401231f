import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { World } from '../world.ts';
import { contains, parseRange, type Range, toAddress } from './cidr.ts';
import { findSubnetById } from './interface-references.ts';
import type { NetworkInterface } from './network-interface.ts';
import { prefixOf } from './subnet.ts';

/** Azure keeps the first four addresses of a subnet and the last: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const reservedAtStart = 4;

type Configuration = NetworkInterface['properties']['ipConfigurations'][number];

/** Gives each IP configuration an address of its subnet: the one it names, the one it had, or the first free. */
export function assignPrivateAddresses(
  world: World,
  nicId: string,
  configurations: readonly Configuration[],
  existing: NetworkInterface | undefined,
): string[] {
  const assigned: string[] = [];
  for (const [index, configuration] of configurations.entries()) {
    const subnet = configuration.properties.subnet?.id ?? '';
    const range = rangeOf(world, subnet);
    const taken = new Set([...takenIn(world, subnet, nicId), ...assigned]);
    const before = existing?.properties.ipConfigurations[index]?.properties.subnet?.id;
    const kept = sameId(before, subnet) ? existing?.privateAddresses[index] : undefined;
    assigned.push(wantedAddress(configuration, range, taken) ?? kept ?? firstFree(range, taken, subnet));
  }
  return assigned;
}

function rangeOf(world: World, subnet: string): Range {
  const found = findSubnetById(world, subnet);
  const range = found && parseRange(prefixOf(found.subnet));
  if (!range) throw new ArmProblem(400, 'NetcfgInvalidSubnet', `Subnet '${subnet}' has no address range.`);
  return range;
}

function takenIn(world: World, subnet: string, except: string): string[] {
  return world.state.interfaces
    .list((nic) => !sameId(nic.id, except))
    .flatMap((nic) =>
      nic.privateAddresses.filter((_, index) =>
        sameId(nic.properties.ipConfigurations[index]?.properties.subnet?.id, subnet),
      ),
    );
}

function wantedAddress({ name, properties }: Configuration, range: Range, taken: Set<string>): string | undefined {
  if (properties.privateIPAllocationMethod !== 'Static') return undefined;
  const wanted = properties.privateIPAddress ?? '';
  const single = parseRange(wanted);
  if (!single || !contains(range, single))
    throw new ArmProblem(
      400,
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${wanted} does not belong to the range of the subnet.`,
    );
  if (taken.has(wanted))
    throw new ArmProblem(
      400,
      'PrivateIPAddressInUse',
      `IP configuration ${name} is using the private IP address ${wanted} which is already allocated.`,
    );
  return wanted;
}

function firstFree(range: Range, taken: Set<string>, subnet: string): string {
  for (let number = range.first + reservedAtStart; number < range.last; number += 1) {
    const address = toAddress(number);
    if (!taken.has(address)) return address;
  }
  throw new ArmProblem(400, 'SubnetIsFull', `Subnet ${subnet} does not have enough capacity for 1 IP addresses.`);
}
