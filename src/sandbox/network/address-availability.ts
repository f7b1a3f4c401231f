import { ArmProblem } from '../arm/problem.ts';
import * as arm from '../arm/resources.ts';
import type { Route } from '../arm/route.ts';
import { contains, parseRange, type Range, toAddress } from './cidr.ts';
import { prefixesOf, subnetId } from './subnet.ts';
import { addressesIn } from './subnet-changes.ts';
import { networkType } from './virtual-network.ts';

/** Azure names a few other addresses when the one asked for is taken. */
const offered = 5;
/** The first four of each subnet and its last one are Azure's: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const reservedAtStart = 4n;

/** Whether a private address of a network is free: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/check-ip-address-availability */
export const addressAvailabilityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}/CheckIPAddressAvailability',
    family: 'network',
    answer(call, world) {
      const network = arm.requireResource(call, world, world.state.networks, networkType);
      const wanted = call.query.get('ipAddress') ?? '';
      const address = wanted.includes('/') ? undefined : parseRange(wanted);
      if (!address)
        throw new ArmProblem(400, 'InvalidIPAddressFormat', `'${wanted}' is not a valid IP address for ipAddress.`);
      for (const subnet of network.subnets) {
        const range = prefixesOf(subnet)
          .flatMap((prefix) => parseRange(prefix) ?? [])
          .find((one) => contains(one, address));
        if (!range) continue;
        const taken = new Set(addressesIn(world, subnetId(network, subnet)));
        const isPlatformReserved = isReserved(address.first, range);
        const available = !isPlatformReserved && !taken.has(toAddress(address.first, address.family));
        const body = available ? { available } : { available, availableIPAddresses: freeIn(range, taken) };
        return { status: 200, body: { ...body, isPlatformReserved } };
      }
      throw new ArmProblem(
        400,
        'PrivateIPAddressNotInAnySubnet',
        `Private static IP address ${wanted} does not belong to the range of any of the subnet prefixes.`,
      );
    },
  },
];

function isReserved(address: bigint, { first, last }: Range): boolean {
  return address < first + reservedAtStart || address === last;
}

function freeIn({ family, first, last }: Range, taken: ReadonlySet<string>): string[] {
  const free: string[] = [];
  for (let number = first + reservedAtStart; number < last && free.length < offered; number += 1n) {
    const address = toAddress(number, family);
    if (!taken.has(address)) free.push(address);
  }
  return free;
}
