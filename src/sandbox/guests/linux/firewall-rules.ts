import { isIPv6 } from 'node:net';
import type { FirewallRule } from '../guest-host.ts';
import type { GuestNames, SandboxNames } from './names.ts';

/** What differs between the two firewalls of a Linux computer. */
export interface FirewallFamily {
  /** Of the programs: `iptables`, `iptables-restore`, `iptables-save`. */
  readonly program: 'iptables' | 'ip6tables';
  readonly icmp: string;
  readonly refusal: string;
  /** What has to pass whatever the rules say: IPv6 asks by ICMP who has an address (RFC 4861). */
  readonly vital: readonly string[];
}

export const ipv4Firewall: FirewallFamily = {
  program: 'iptables',
  icmp: 'icmp',
  refusal: 'icmp-port-unreachable',
  vital: [],
};

export const ipv6Firewall: FirewallFamily = {
  program: 'ip6tables',
  icmp: 'ipv6-icmp',
  refusal: 'icmp6-port-unreachable',
  vital: ['neighbor-solicitation', 'neighbor-advertisement'].map((type) => `-p ipv6-icmp --icmpv6-type ${type}`),
};

/**
 * A guest's rules as input of `iptables-restore --noflush`: replaces the content of the guest's two chains in one go.
 *
 * As in a network security group, the rule with the lowest priority number decides, what no rule names is dropped without an
 * answer, and connections that are there stay when rules change. Outwards a guest reaches the other guests of its sandbox and
 * nothing else: there is no way from it to this computer's own services or to the internet. That is refused with an answer,
 * so that programs which try notice at once.
 */
export function firewallTable(guest: GuestNames, rules: readonly FirewallRule[], family: FirewallFamily): string {
  const inbound = guest.inboundChain;
  const outbound = guest.outboundChain;
  const ordered = [...rules].sort((one, other) => one.priority - other.priority);
  const always = ['-m conntrack --ctstate ESTABLISHED,RELATED', ...family.vital];
  const lines = [
    '*filter',
    `:${inbound} - [0:0]`,
    `:${outbound} - [0:0]`,
    ...always.map((match) => `-A ${inbound} ${match} -j ACCEPT`),
    ...ordered.flatMap((rule) => matches(rule, family).map((match) => `-A ${inbound}${match} -j ${verdict(rule)}`)),
    `-A ${inbound} -j DROP`,
    ...always.map((match) => `-A ${outbound} ${match} -j ACCEPT`),
    `-A ${outbound} -j REJECT --reject-with ${family.refusal}`,
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}

/** The rules of the built-in chains that lead into a guest's own: what follows `-I` or `-D`. */
export function firewallHooks(sandbox: SandboxNames, guest: GuestNames): readonly string[][] {
  return [
    ['OUTPUT', '-o', guest.veth, '-j', guest.inboundChain],
    ['FORWARD', '-o', guest.veth, '-j', guest.inboundChain],
    ['INPUT', '-i', guest.veth, '-j', guest.outboundChain],
    ['FORWARD', '-i', guest.veth, '!', '-o', `${sandbox.vethPrefix}+`, '-j', guest.outboundChain],
  ];
}

function verdict(rule: FirewallRule): string {
  return rule.access === 'Allow' ? 'ACCEPT' : 'DROP';
}

function matches(rule: FirewallRule, family: FirewallFamily): string[] {
  const isOther = rule.source !== '*' && isIPv6(rule.source.split('/')[0] ?? '') !== (family === ipv6Firewall);
  if (isOther) return [];
  const source = rule.source === '*' ? '' : ` -s ${rule.source}`;
  if (rule.protocol === 'icmp') return [`${source} -p ${family.icmp}`];
  const anyPort = rule.fromPort === 0 && rule.toPort === 65_535;
  if (rule.protocol === '*' && anyPort && !rule.sourcePorts) return [source];
  const from = rule.sourcePorts ? ` --sport ${rule.sourcePorts.from}:${rule.sourcePorts.to}` : '';
  const protocols = rule.protocol === '*' ? ['tcp', 'udp'] : [rule.protocol];
  return protocols.map((protocol) => `${source} -p ${protocol}${from} --dport ${rule.fromPort}:${rule.toPort}`);
}
