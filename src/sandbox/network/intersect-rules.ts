import type { FirewallRule } from '../guests/guest-host.ts';
import { contains, parseRange } from './cidr.ts';
import { anyPort, type PortRange } from './port-range.ts';

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
  const protocol = narrowerProtocol(rule.protocol, other.protocol);
  const source = narrowerSource(rule.source, other.source);
  const ports = common({ from: rule.fromPort, to: rule.toPort }, { from: other.fromPort, to: other.toPort });
  const sourcePorts = common(rule.sourcePorts ?? anyPort, other.sourcePorts ?? anyPort);
  if (protocol === undefined || source === undefined || !ports || !sourcePorts) return [];
  // A rule for ports of any protocol does not speak of ICMP.
  if (protocol === 'icmp' && !(isAny(ports) && isAny(sourcePorts))) return [];
  return [
    {
      access: other.access,
      protocol,
      source,
      ...(isAny(sourcePorts) ? {} : { sourcePorts }),
      fromPort: ports.from,
      toPort: ports.to,
      priority: rule.priority,
    },
  ];
}

function common(one: PortRange, other: PortRange): PortRange | undefined {
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return from <= to ? { from, to } : undefined;
}

const isAny = ({ from, to }: PortRange): boolean => from === anyPort.from && to === anyPort.to;

function narrowerProtocol<T extends string>(one: T | '*', other: T | '*'): T | '*' | undefined {
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
