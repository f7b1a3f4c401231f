import { ArmProblem } from '../arm/problem.ts';
import { canonical, contains, isAligned, overlaps, parseRange, prefixLength, type Range } from './cidr.ts';
import { checkName } from './resource-name.ts';
import { prefixesOf, type Subnet } from './subnet.ts';

/** @throws ArmProblem 400 for prefixes that are none, or over each other. */
export function checkAddressSpace(network: string, prefixes: readonly string[]): void {
  const ranges = prefixes.map((prefix) => requireRange(network, prefix));
  if (ranges.length === 0)
    throw new ArmProblem(400, 'InvalidRequestFormat', 'The address space must have at least one address prefix.');
  const double = ranges.findIndex((range, index) => ranges.slice(0, index).some((other) => overlaps(other, range)));
  if (double >= 0)
    throw new ArmProblem(
      400,
      'NetcfgAddressSpaceOverlap',
      `The address space ${prefixes[double]} of virtual network ${network} overlaps with another one of it.`,
    );
}

/** @throws ArmProblem 400 for subnets outside of the network, over each other, or of a size that Azure does not have. */
export function checkSubnets(networkId: string, prefixes: readonly string[], subnets: readonly Subnet[]): void {
  const space = prefixes.map(parseRange).filter((range) => range !== undefined);
  const network = networkId.split('/').at(-1);
  const seen: { readonly name: string; readonly range: Range }[] = [];
  for (const subnet of subnets) {
    const invalid = (why: string): ArmProblem =>
      new ArmProblem(400, 'NetcfgInvalidSubnet', `Subnet '${subnet.name}' is not valid because ${why}`);
    checkName(subnet.name);
    const ranges = prefixesOf(subnet).map((prefix) => requireRange(`${networkId}/subnets/${subnet.name}`, prefix));
    const { addressPrefix, addressPrefixes = [] } = subnet.properties;
    if (addressPrefix !== undefined && addressPrefixes.some((prefix) => prefix !== addressPrefix))
      throw invalid('addressPrefix and addressPrefixes name different address ranges.');
    if (ranges.length === 0) throw invalid('it has no address range.');
    for (const range of ranges) {
      if (!space.some((outer) => contains(outer, range)))
        throw invalid(`its IP address range is outside the IP address range of virtual network '${network}'.`);
      // Sizes: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq and ip-services/ipv6-overview
      if (range.family === 4 ? prefixLength(range) > 29 : prefixLength(range) !== 64)
        throw invalid(range.family === 4 ? 'it is smaller than /29.' : 'IPv6 subnets are exactly /64 in size.');
      const twin = seen.find((other) => overlaps(other.range, range));
      if (twin)
        throw new ArmProblem(
          400,
          'NetcfgSubnetRangesOverlap',
          `Subnet '${subnet.name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network}': ${twin.name}.`,
        );
      seen.push({ name: subnet.name, range });
    }
  }
  const name = subnets.find((one, index) =>
    subnets.slice(0, index).some((other) => other.name.toLowerCase() === one.name.toLowerCase()),
  )?.name;
  if (name !== undefined)
    throw new ArmProblem(400, 'InvalidRequestFormat', `Virtual network '${network}' has two subnets named ${name}.`);
}

function requireRange(resource: string, prefix: string): Range {
  const range = parseRange(prefix);
  if (!range || !prefix.includes('/'))
    throw new ArmProblem(
      400,
      'InvalidAddressPrefixFormat',
      `Address prefix ${prefix} of resource ${resource} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  if (!isAligned(prefix))
    throw new ArmProblem(
      400,
      'InvalidCIDRNotation',
      `The address prefix ${prefix} in resource ${resource} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${canonical(prefix)}.`,
    );
  return range;
}
