import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flattenRules, intersectRules } from '../../src/sandbox/network/flatten-rules.ts';
import type { SecurityRule } from '../../src/sandbox/network/security-rule.ts';

function rule(priority: number, more: Partial<SecurityRule['properties']> = {}): SecurityRule {
  return {
    name: `r${priority}`,
    etag: '',
    properties: {
      description: undefined,
      protocol: 'Tcp',
      sourcePortRange: '*',
      sourcePortRanges: undefined,
      destinationPortRange: '22',
      destinationPortRanges: undefined,
      sourceAddressPrefix: '*',
      sourceAddressPrefixes: undefined,
      destinationAddressPrefix: '*',
      destinationAddressPrefixes: undefined,
      access: 'Allow',
      priority,
      direction: 'Inbound',
      ...more,
    },
  };
}

const flat = (...rules: SecurityRule[]) =>
  flattenRules(rules, '10.0.0.4').map(
    ({ access, protocol, source, fromPort, toPort }) => `${access} ${protocol} ${source} ${fromPort}-${toPort}`,
  );
const denied = 'Deny * * 0-65535';

test('rules come in order of priority and end with the denial of everything', () => {
  assert.deepEqual(flat(rule(200), rule(100, { access: 'Deny', destinationPortRange: '80' })), [
    'Deny tcp * 80-80',
    'Allow tcp * 22-22',
    denied,
  ]);
});

test('lists of sources and ports are multiplied out', () => {
  const many = rule(100, {
    destinationPortRanges: ['22', '2376-2377'],
    sourceAddressPrefixes: ['10.0.0.0/8', '192.0.2.1'],
  });
  assert.deepEqual(flat(many), [
    'Allow tcp 10.0.0.0/8 22-22',
    'Allow tcp 10.0.0.0/8 2376-2377',
    'Allow tcp 192.0.2.1 22-22',
    'Allow tcp 192.0.2.1 2376-2377',
    denied,
  ]);
});

test('Internet means anywhere, other service tags nobody outside', () => {
  assert.deepEqual(flat(rule(100, { sourceAddressPrefix: 'Internet' })), ['Allow tcp * 22-22', denied]);
  assert.deepEqual(flat(rule(100, { sourceAddressPrefix: 'VirtualNetwork' })), [denied]);
  assert.deepEqual(flat(rule(100, { sourceAddressPrefix: 'AzureLoadBalancer' })), [denied]);
});

test('outbound rules and rules for other destinations do not count', () => {
  assert.deepEqual(flat(rule(100, { direction: 'Outbound' })), [denied]);
  assert.deepEqual(flat(rule(100, { destinationAddressPrefix: '10.0.0.5' })), [denied]);
  assert.deepEqual(flat(rule(100, { destinationAddressPrefix: '10.0.0.0/24' })), ['Allow tcp * 22-22', denied]);
});

test('two groups let in only what both let in', () => {
  const subnet = flattenRules(
    [rule(100, { destinationPortRange: '20-30', sourceAddressPrefix: '10.0.0.0/8' })],
    '10.0.0.4',
  );
  const nic = flattenRules(
    [
      rule(100, { access: 'Deny', destinationPortRange: '25' }),
      rule(110, { protocol: '*', destinationPortRange: '*' }),
    ],
    '10.0.0.4',
  );
  assert.deepEqual(
    intersectRules(subnet, nic).map(
      ({ access, protocol, source, fromPort, toPort }) => `${access} ${protocol} ${source} ${fromPort}-${toPort}`,
    ),
    ['Deny tcp 10.0.0.0/8 25-25', 'Allow tcp 10.0.0.0/8 20-30', 'Deny tcp 10.0.0.0/8 20-30', denied],
  );
});
