import type { FirewallRule } from '../guest-host.ts';
import type { GuestNames, SandboxNames } from './names.ts';

const anyPort = (rule: FirewallRule): boolean => rule.fromPort === 0 && rule.toPort === 65_535;

/**
 * A guest's rules as input of `iptables-restore --noflush`: replaces the content of the guest's two chains in one go.
 *
 * As in a network security group, replies always pass, the rule with the lowest priority number decides, and what no rule
 * names is dropped without an answer. Outwards a guest reaches the other guests of its sandbox and nothing else: there is
 * no way from it to this computer's own services or to the internet. That is refused with an answer, so that programs
 * which try notice at once.
 */
export function firewallTable(guest: GuestNames, rules: readonly FirewallRule[]): string {
  const inbound = guest.inboundChain;
  const outbound = guest.outboundChain;
  const ordered = [...rules].sort((one, other) => one.priority - other.priority);
  const lines = [
    '*filter',
    `:${inbound} - [0:0]`,
    `:${outbound} - [0:0]`,
    `-A ${inbound} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
    ...ordered.flatMap((rule) => matches(rule).map((match) => `-A ${inbound}${match} -j ${verdict(rule)}`)),
    `-A ${inbound} -j DROP`,
    `-A ${outbound} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
    `-A ${outbound} -j REJECT --reject-with icmp-port-unreachable`,
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

function matches(rule: FirewallRule): string[] {
  const source = rule.source === '*' ? '' : ` -s ${rule.source}`;
  if (rule.protocol === 'icmp') return [`${source} -p icmp`];
  if (rule.protocol === '*' && anyPort(rule)) return [source];
  const protocols = rule.protocol === '*' ? ['tcp', 'udp'] : [rule.protocol];
  return protocols.map((protocol) => `${source} -p ${protocol} --dport ${rule.fromPort}:${rule.toPort}`);
}
