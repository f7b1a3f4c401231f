import { ArmProblem } from '../arm/problem.ts';
import type { World } from '../world.ts';
import { contains, overlaps, parseRange, type Range } from './cidr.ts';
import { invalidReference } from './problems.ts';
import { prefixOf, type Subnet } from './subnet.ts';

/** @throws ArmProblem 400 for prefixes that are none. */
export function checkAddressSpace(prefixes: readonly string[]): void {
  for (const prefix of prefixes) {
    const range = parseRange(prefix);
    if (!range)
      throw new ArmProblem(400, 'InvalidAddressPrefixFormat', `Address prefix ${prefix} is not a valid CIDR notation.`);
  }
  if (prefixes.length === 0)
    throw new ArmProblem(400, 'InvalidRequestFormat', 'The address space must have at least one address prefix.');
}

/** @throws ArmProblem 400 for subnets outside of the network, over each other, or with an unknown security group. */
export function checkSubnets(
  world: World,
  networkId: string,
  prefixes: readonly string[],
  subnets: readonly Subnet[],
): void {
  const space = prefixes.map(parseRange).filter((range) => range !== undefined);
  const seen: { readonly name: string; readonly range: Range }[] = [];
  for (const subnet of subnets) {
    const range = parseRange(prefixOf(subnet));
    if (!range || !space.some((outer) => contains(outer, range)))
      throw new ArmProblem(
        400,
        'NetcfgInvalidSubnet',
        `Subnet '${subnet.name}' is not valid because its IP address range is outside the IP address range of virtual network '${networkId.split('/').at(-1)}'.`,
      );
    const twin = seen.find((other) => overlaps(other.range, range));
    if (twin)
      throw new ArmProblem(
        400,
        'NetcfgSubnetRangesOverlap',
        `Subnet '${subnet.name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${networkId.split('/').at(-1)}': ${twin.name}.`,
      );
    seen.push({ name: subnet.name, range });
    const guard = subnet.properties.networkSecurityGroup;
    if (guard && !world.state.securityGroups.get(guard.id))
      throw invalidReference(guard.id, `${networkId}/subnets/${subnet.name}`);
  }
}
