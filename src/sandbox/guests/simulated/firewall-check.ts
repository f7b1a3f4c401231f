import { BlockList, isIP } from 'node:net';
import type { FirewallRule } from '../guest-host.ts';

/** Where a connection comes from. The port, when it is not known, is none that a rule could name. */
export interface Remote {
  readonly address: string | undefined;
  readonly port?: number | undefined;
}

/** Whether the rules let a TCP connection through: the rule with the lowest priority number decides, and none denies. */
export function allowsTcp(rules: readonly FirewallRule[], port: number, remote: Remote): boolean {
  const source = remote.address?.replace(/^::ffff:/, '') ?? '';
  const deciding = [...rules]
    .sort((one, other) => one.priority - other.priority)
    .find(
      (rule) =>
        (rule.protocol === 'tcp' || rule.protocol === '*') &&
        rule.fromPort <= port &&
        port <= rule.toPort &&
        comesFromPort(rule, remote.port) &&
        comesFrom(rule.source, source),
    );
  return deciding?.access === 'Allow';
}

function comesFromPort({ sourcePorts }: FirewallRule, port: number | undefined): boolean {
  return !sourcePorts || (port !== undefined && sourcePorts.from <= port && port <= sourcePorts.to);
}

function comesFrom(range: string, address: string): boolean {
  if (range === '*') return true;
  const [network = '', bits] = range.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(address) !== version) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (version === 6 ? 128 : 32)), family);
  return list.check(address, family);
}
