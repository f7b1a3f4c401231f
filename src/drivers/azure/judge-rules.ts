import type { NetworkSecurityGroup, SecurityRule } from '@azure/arm-network';

/** Service tags and ranges that stand for all addresses, or for all outside of the network. */
const everywhere = new Set(['*', 'any', 'internet', '0.0.0.0/0', '::/0']);

/** Sources of a rule, in whichever member Azure has them. */
export function sourcesOf({ sourceAddressPrefix, sourceAddressPrefixes }: SecurityRule): readonly string[] {
  if (sourceAddressPrefixes !== undefined && sourceAddressPrefixes.length > 0) return sourceAddressPrefixes;
  return sourceAddressPrefix === undefined ? [] : [sourceAddressPrefix];
}

/** Ports of a rule: single ones, ranges, or `*`. */
export function portsOf({ destinationPortRange, destinationPortRanges }: SecurityRule): readonly string[] {
  if (destinationPortRanges !== undefined && destinationPortRanges.length > 0) return destinationPortRanges;
  return destinationPortRange === undefined ? [] : [destinationPortRange];
}

/** Inbound rules, Azure's default ones among them, in the order in which they are asked. */
export function inboundRules({ securityRules, defaultSecurityRules }: NetworkSecurityGroup): SecurityRule[] {
  return [...(securityRules ?? []), ...(defaultSecurityRules ?? [])]
    .filter(({ direction }) => direction === 'Inbound')
    .sort((one, other) => (one.priority ?? 0) - (other.priority ?? 0));
}

/**
 * Whether a group lets anybody at all reach a TCP port: simple, since who that is, is not ours to judge.
 *
 * @param how `isPrivate` counts those in the same network, who are no use to a machine that is reached from outside
 */
export function letsSomebodyIn(
  group: NetworkSecurityGroup,
  port: number,
  { isPrivate }: { readonly isPrivate: boolean },
): boolean {
  for (const rule of inboundRules(group)) {
    if (!concerns(rule, port)) continue;
    const sources = sourcesOf(rule).map((source) => source.toLowerCase());
    if (rule.access === 'Deny') {
      if (sources.some((source) => everywhere.has(source))) return false;
      continue;
    }
    const useful = sources.filter((source) => source !== 'azureloadbalancer');
    if (isPrivate ? useful.length > 0 : useful.some((source) => source !== 'virtualnetwork')) return true;
  }
  return false;
}

function concerns(rule: SecurityRule, port: number): boolean {
  return /^(tcp|\*)$/i.test(rule.protocol ?? '') && portsOf(rule).some((range) => covers(range, port));
}

function covers(range: string, port: number): boolean {
  if (range === '*') return true;
  const [from = Number.NaN, to = from] = range.split('-').map(Number);
  return from <= port && port <= to;
}

/** The first priority, from 100 on, that no rule of a user's has. */
export function freePriority({ securityRules }: NetworkSecurityGroup): number {
  const taken = new Set(
    (securityRules ?? []).flatMap(({ direction, priority }) => (direction === 'Inbound' ? [priority] : [])),
  );
  let priority = 100;
  while (taken.has(priority)) priority += 1;
  return priority;
}
