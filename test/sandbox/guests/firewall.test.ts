import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firewallTable } from '../../../src/sandbox/guests/linux/firewall-rules.ts';
import { guestNames, sandboxNames } from '../../../src/sandbox/guests/linux/names.ts';
import { allowsTcp } from '../../../src/sandbox/guests/simulated/firewall-check.ts';
import { allow } from './fixtures.ts';

const guest = guestNames(sandboxNames('/sandbox'), '/vm');
const inbound = (...rules: Parameters<typeof firewallTable>[1][number][]) =>
  firewallTable(guest, rules)
    .split('\n')
    .filter((line) => line.startsWith(`-A ${guest.inboundChain}`))
    .map((line) => line.slice(`-A ${guest.inboundChain} `.length));

const replies = '-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT';

describe('rules of a network security group', () => {
  it('let nothing but replies in when there are none', () => {
    assert.deepEqual(inbound(), [replies, '-j DROP']);
    assert.equal(allowsTcp([], 22, '127.0.0.1'), false);
  });

  it('are looked at by priority, lowest number first', () => {
    const rules = [allow(22, { priority: 200 }), allow(22, { priority: 100, access: 'Deny', source: '10.0.0.0/8' })];
    assert.deepEqual(inbound(...rules), [
      replies,
      '-s 10.0.0.0/8 -p tcp --dport 22:22 -j DROP',
      '-p tcp --dport 22:22 -j ACCEPT',
      '-j DROP',
    ]);
    assert.equal(allowsTcp(rules, 22, '10.1.2.3'), false);
    assert.equal(allowsTcp(rules, 22, '::ffff:192.0.2.1'), true);
    assert.equal(allowsTcp(rules, 23, '192.0.2.1'), false);
  });

  it('mean tcp and udp when they name ports of any protocol, and everything when they name all ports', () => {
    assert.deepEqual(inbound(allow(53, { protocol: '*' })).slice(1, -1), [
      '-p tcp --dport 53:53 -j ACCEPT',
      '-p udp --dport 53:53 -j ACCEPT',
    ]);
    assert.deepEqual(inbound(allow(0, { protocol: '*', toPort: 65_535 })).slice(1, -1), ['-j ACCEPT']);
    assert.deepEqual(inbound(allow(0, { protocol: 'icmp', toPort: 65_535 })).slice(1, -1), ['-p icmp -j ACCEPT']);
    assert.equal(allowsTcp([allow(0, { protocol: 'udp', toPort: 65_535 })], 22, '127.0.0.1'), false);
  });

  it('have names that the kernel takes', () => {
    assert.ok(guest.veth.length <= 15, guest.veth);
    assert.ok(guest.inboundChain.length <= 28, guest.inboundChain);
  });
});
