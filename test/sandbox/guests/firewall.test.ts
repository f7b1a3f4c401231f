import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firewallTable, ipv4Firewall, ipv6Firewall } from '../../../src/sandbox/guests/linux/firewall-rules.ts';
import { guestNames, sandboxNames } from '../../../src/sandbox/guests/linux/names.ts';
import { allowsTcp } from '../../../src/sandbox/guests/simulated/firewall-check.ts';
import { allow } from './fixtures.ts';

const guest = guestNames(sandboxNames('/sandbox'), '/vm');
type Rules = Parameters<typeof firewallTable>[1];
const inboundOf = (family: typeof ipv4Firewall, rules: Rules) =>
  firewallTable(guest, rules, family)
    .split('\n')
    .filter((line) => line.startsWith(`-A ${guest.inboundChain}`))
    .map((line) => line.slice(`-A ${guest.inboundChain} `.length));
const inbound = (...rules: Rules) => inboundOf(ipv4Firewall, rules);

const replies = '-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT';

describe('rules of a network security group', () => {
  it('let nothing but replies in when there are none', () => {
    assert.deepEqual(inbound(), [replies, '-j DROP']);
    assert.equal(allowsTcp([], 22, { address: '127.0.0.1' }), false);
  });

  it('are looked at by priority, lowest number first', () => {
    const rules = [allow(22, { priority: 200 }), allow(22, { priority: 100, access: 'Deny', source: '10.0.0.0/8' })];
    assert.deepEqual(inbound(...rules), [
      replies,
      '-s 10.0.0.0/8 -p tcp --dport 22:22 -j DROP',
      '-p tcp --dport 22:22 -j ACCEPT',
      '-j DROP',
    ]);
    assert.equal(allowsTcp(rules, 22, { address: '10.1.2.3' }), false);
    assert.equal(allowsTcp(rules, 22, { address: '::ffff:192.0.2.1' }), true);
    assert.equal(allowsTcp(rules, 23, { address: '192.0.2.1' }), false);
  });

  it('mean tcp and udp when they name ports of any protocol, and everything when they name all ports', () => {
    assert.deepEqual(inbound(allow(53, { protocol: '*' })).slice(1, -1), [
      '-p tcp --dport 53:53 -j ACCEPT',
      '-p udp --dport 53:53 -j ACCEPT',
    ]);
    assert.deepEqual(inbound(allow(0, { protocol: '*', toPort: 65_535 })).slice(1, -1), ['-j ACCEPT']);
    assert.deepEqual(inbound(allow(0, { protocol: 'icmp', toPort: 65_535 })).slice(1, -1), ['-p icmp -j ACCEPT']);
    assert.equal(allowsTcp([allow(0, { protocol: 'udp', toPort: 65_535 })], 22, { address: '127.0.0.1' }), false);
  });

  it('are for the IP version of their source, and for both when they have none', () => {
    const rules = [
      allow(22, { source: '10.0.0.0/8' }),
      allow(23, { source: 'fd00::/8' }),
      allow(24),
      allow(0, { protocol: 'icmp', toPort: 65_535, priority: 4000 }),
    ];
    assert.deepEqual(inbound(...rules).slice(1, -1), [
      '-s 10.0.0.0/8 -p tcp --dport 22:22 -j ACCEPT',
      '-p tcp --dport 24:24 -j ACCEPT',
      '-p icmp -j ACCEPT',
    ]);
    assert.deepEqual(inboundOf(ipv6Firewall, rules).slice(1, -1), [
      '-p ipv6-icmp --icmpv6-type neighbor-solicitation -j ACCEPT',
      '-p ipv6-icmp --icmpv6-type neighbor-advertisement -j ACCEPT',
      '-s fd00::/8 -p tcp --dport 23:23 -j ACCEPT',
      '-p tcp --dport 24:24 -j ACCEPT',
      '-p ipv6-icmp -j ACCEPT',
    ]);
    assert.equal(allowsTcp(rules, 23, { address: 'fd12::1' }), true);
    assert.equal(allowsTcp(rules, 23, { address: '2001:db8::1' }), false);
    assert.equal(allowsTcp(rules, 23, { address: '10.0.0.1' }), false);
  });

  it('may name ports of the source', () => {
    const rule = allow(22, { sourcePorts: { from: 1000, to: 2000 } });
    assert.deepEqual(inbound(rule)[1], '-p tcp --sport 1000:2000 --dport 22:22 -j ACCEPT');
    assert.equal(allowsTcp([rule], 22, { address: '192.0.2.1', port: 1500 }), true);
    assert.equal(allowsTcp([rule], 22, { address: '192.0.2.1', port: 2500 }), false);
  });

  it('have names that the kernel takes', () => {
    assert.ok(guest.veth.length <= 15, guest.veth);
    assert.ok(guest.inboundChain.length <= 28, guest.inboundChain);
  });
});
