import type { FirewallRule } from '../guests/guest-host.ts';
import { familiesReached, narrowed, type Surroundings, sourcesOf } from './effective-sources.ts';
import { anyPort, parsePortRange } from './port-range.ts';
import { type SecurityRule, valuesOf } from './security-rule.ts';

/** What the last of the default rules says: what nothing allows is denied. */
const denyAll: FirewallRule = {
  access: 'Deny',
  protocol: '*',
  source: '*',
  fromPort: anyPort.from,
  toPort: anyPort.to,
  priority: 65_500,
};

/**
 * The inbound rules of a group as one interface meets them: one protocol, one port range, one source each, in order of
 * priority, Azure's default rules last. Of the defaults the one for load balancers is left out, since there are none.
 */
export function flattenRules(rules: readonly SecurityRule[], around: Surroundings): FirewallRule[] {
  return rules
    .filter(({ properties }) => properties.direction === 'Inbound')
    .sort((one, other) => one.properties.priority - other.properties.priority)
    .flatMap((rule) => flattenRule(rule, around))
    .concat(allowNetwork(around), denyAll);
}

/** The default rule `AllowVnetInBound`: traffic inside the virtual network. */
export function allowNetwork(around: Surroundings): FirewallRule[] {
  const sources = sourcesOf('VirtualNetwork', around);
  return sources.map((source) => ({ ...denyAll, access: 'Allow', source, priority: 65_000 }));
}

function flattenRule({ properties: rule }: SecurityRule, around: Surroundings): FirewallRule[] {
  const destinations = valuesOf(rule.destinationAddressPrefix, rule.destinationAddressPrefixes);
  const reached = familiesReached(destinations, around);
  const protocol = protocols[rule.protocol];
  if (protocol === undefined) return [];
  const sources = valuesOf(rule.sourceAddressPrefix, rule.sourceAddressPrefixes)
    .flatMap((prefix) => sourcesOf(prefix, around))
    .flatMap((source) => narrowed(source, reached, around));
  // ICMP has no ports.
  const ports = protocol === 'icmp' ? [anyPort] : rangesOf(rule.destinationPortRange, rule.destinationPortRanges);
  const sourcePorts = protocol === 'icmp' ? [anyPort] : rangesOf(rule.sourcePortRange, rule.sourcePortRanges);
  return sources.flatMap((source) =>
    ports.flatMap(({ from, to }) =>
      sourcePorts.map((range) => ({
        access: rule.access,
        protocol,
        source,
        ...(range.from === anyPort.from && range.to === anyPort.to ? {} : { sourcePorts: range }),
        fromPort: from,
        toPort: to,
        priority: rule.priority,
      })),
    ),
  );
}

const rangesOf = (one: string | undefined, many: readonly string[] | undefined) =>
  valuesOf(one, many).flatMap((range) => parsePortRange(range) ?? []);

const protocols = {
  '*': '*',
  Tcp: 'tcp',
  Udp: 'udp',
  Icmp: 'icmp',
  Esp: undefined,
  Ah: undefined,
} as const;
