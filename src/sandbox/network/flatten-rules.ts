import type { FirewallRule } from '../guests/guest-host.ts';
import { contains, parseRange } from './cidr.ts';
import { parsePortRange, type SecurityRule, valuesOf } from './security-rule.ts';

/** Last of the default rules: what nothing allows is denied. */
const denyAll: FirewallRule = {
  access: 'Deny',
  protocol: '*',
  source: '*',
  fromPort: 0,
  toPort: 65535,
  priority: 65500,
};

/** Service tags that mean any address outside of the virtual network. */
const anywhere = new Set(['*', 'any', 'internet', '0.0.0.0/0']);

/**
 * The inbound rules of a group as the outside meets them: one protocol, one port range, one source each, in order of priority.
 * Sources that are other service tags, such as VirtualNetwork, have nobody outside and are left out.
 */
export function flattenRules(rules: readonly SecurityRule[], privateAddress: string): FirewallRule[] {
  return rules
    .filter(({ properties }) => properties.direction === 'Inbound')
    .sort((one, other) => one.properties.priority - other.properties.priority)
    .flatMap((rule) => flattenRule(rule, privateAddress))
    .concat(denyAll);
}

function flattenRule({ properties: rule }: SecurityRule, privateAddress: string): FirewallRule[] {
  const destinations = valuesOf(rule.destinationAddressPrefix, rule.destinationAddressPrefixes);
  if (!destinations.some((prefix) => reaches(prefix, privateAddress))) return [];
  const protocol = protocols[rule.protocol];
  if (protocol === undefined) return [];
  const sources = valuesOf(rule.sourceAddressPrefix, rule.sourceAddressPrefixes)
    .map((source) => (anywhere.has(source.toLowerCase()) ? '*' : source))
    .filter((source) => source === '*' || parseRange(source));
  const ports = valuesOf(rule.destinationPortRange, rule.destinationPortRanges).flatMap(
    (range) => parsePortRange(range) ?? [],
  );
  return sources.flatMap((source) =>
    ports.map(({ from, to }) => ({
      access: rule.access,
      protocol,
      source,
      fromPort: from,
      toPort: to,
      priority: rule.priority,
    })),
  );
}

const protocols = {
  '*': '*',
  Tcp: 'tcp',
  Udp: 'udp',
  Icmp: 'icmp',
  Esp: undefined,
  Ah: undefined,
} as const;

function reaches(prefix: string, privateAddress: string): boolean {
  if (anywhere.has(prefix.toLowerCase()) || prefix.toLowerCase() === 'virtualnetwork') return true;
  const range = parseRange(prefix);
  const single = parseRange(privateAddress);
  return range !== undefined && single !== undefined && contains(range, single);
}

/**
 * Both groups must let a packet in: the rules of `outer` with those of `inner` inside each that allows.
 * Priorities are numbered anew, since the order is all that counts.
 */
export function intersectRules(outer: readonly FirewallRule[], inner: readonly FirewallRule[]): FirewallRule[] {
  return outer
    .flatMap((rule) => (rule.access === 'Deny' ? [rule] : inner.flatMap((other) => intersect(rule, other))))
    .map((rule, index) => ({ ...rule, priority: 100 + index }));
}

function intersect(rule: FirewallRule, other: FirewallRule): FirewallRule[] {
  const protocol = narrower(rule.protocol, other.protocol);
  const source = narrowerSource(rule.source, other.source);
  const fromPort = Math.max(rule.fromPort, other.fromPort);
  const toPort = Math.min(rule.toPort, other.toPort);
  if (protocol === undefined || source === undefined || fromPort > toPort) return [];
  return [{ access: other.access, protocol, source, fromPort, toPort, priority: rule.priority }];
}

function narrower<T extends string>(one: T | '*', other: T | '*'): T | '*' | undefined {
  if (one === '*') return other;
  return other === '*' || one === other ? one : undefined;
}

function narrowerSource(one: string, other: string): string | undefined {
  const ranges = [parseRange(one), parseRange(other)] as const;
  if (!ranges[0]) return other;
  if (!ranges[1]) return one;
  if (contains(ranges[0], ranges[1])) return other;
  return contains(ranges[1], ranges[0]) ? one : undefined;
}
