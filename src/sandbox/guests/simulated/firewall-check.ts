import { BlockList, isIPv4 } from 'node:net';
import type { FirewallRule } from '../guest-host.ts';

/** Whether the rules let a TCP connection through: the rule with the lowest priority number decides, and none denies. */
export function allowsTcp(rules: readonly FirewallRule[], port: number, remoteAddress: string | undefined): boolean {
  const source = remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const deciding = [...rules]
    .sort((one, other) => one.priority - other.priority)
    .find(
      (rule) =>
        (rule.protocol === 'tcp' || rule.protocol === '*') &&
        rule.fromPort <= port &&
        port <= rule.toPort &&
        comesFrom(rule.source, source),
    );
  return deciding?.access === 'Allow';
}

function comesFrom(range: string, address: string): boolean {
  if (range === '*') return true;
  const [network = '', bits = '32'] = range.split('/');
  if (!isIPv4(network) || !isIPv4(address)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), 'ipv4');
  return list.check(address, 'ipv4');
}
