import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRange } from '../../src/sandbox/network/cidr.ts';
import type { Surroundings } from '../../src/sandbox/network/effective-sources.ts';
import { flattenRules } from '../../src/sandbox/network/flatten-rules.ts';
import { intersectRules } from '../../src/sandbox/network/intersect-rules.ts';
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
      sourceApplicationSecurityGroups: undefined,
      destinationAddressPrefix: '*',
      destinationAddressPrefixes: undefined,
      destinationApplicationSecurityGroups: undefined,
      access: 'Allow',
      priority,
      direction: 'Inbound',
      ...more,
    },
  };
}

/** An interface, in a network without ranges where none are given. */
const at = (privateAddresses: readonly string[], ...network: string[]): Surroundings => ({
  privateAddresses,
  network: network.flatMap((cidr) => parseRange(cidr) ?? []),
});
const alone = at(['10.0.0.4']);

const shown = (rules: ReturnType<typeof flattenRules>) =>
  rules.map(
    ({ access, protocol, source, sourcePorts, fromPort, toPort }) =>
      `${access} ${protocol} ${source}${sourcePorts ? `:${sourcePorts.from}-${sourcePorts.to}` : ''} ${fromPort}-${toPort}`,
  );
const flat = (...rules: SecurityRule[]) => shown(flattenRules(rules, alone));
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
    sourcePortRange: '1024-65535',
  });
  assert.deepEqual(flat(many), [
    'Allow tcp 10.0.0.0/8:1024-65535 22-22',
    'Allow tcp 10.0.0.0/8:1024-65535 2376-2377',
    'Allow tcp 192.0.2.1:1024-65535 22-22',
    'Allow tcp 192.0.2.1:1024-65535 2376-2377',
    denied,
  ]);
});

test('Internet is what the virtual network is not, and services of Azure are nobody here', () => {
  const near = at(['10.0.0.4'], '128.0.0.0/1', '64.0.0.0/2');
  const sources = (tag: string) => shown(flattenRules([rule(100, { sourceAddressPrefix: tag })], near)).slice(0, -3);
  assert.deepEqual(sources('Internet'), ['Allow tcp 0.0.0.0/2 22-22']);
  assert.deepEqual(sources('VirtualNetwork'), ['Allow tcp 128.0.0.0/1 22-22', 'Allow tcp 64.0.0.0/2 22-22']);
  for (const tag of ['AzureLoadBalancer', 'AzureCloud', 'azurecloud.westeurope']) assert.deepEqual(sources(tag), []);
  assert.deepEqual(flat(rule(100, { sourceAddressPrefix: 'internet' })), ['Allow tcp * 22-22', denied]);
});

test('the virtual network itself is let in by default', () => {
  assert.deepEqual(shown(flattenRules([], at(['10.0.0.4', 'fd00::4'], '10.0.0.0/16', 'fd00::/48'))), [
    'Allow * 10.0.0.0/16 0-65535',
    'Allow * fd00::/48 0-65535',
    denied,
  ]);
});

test('outbound rules and rules for other destinations do not count', () => {
  assert.deepEqual(flat(rule(100, { direction: 'Outbound' })), [denied]);
  assert.deepEqual(flat(rule(100, { destinationAddressPrefix: '10.0.0.5' })), [denied]);
  assert.deepEqual(flat(rule(100, { destinationAddressPrefix: '10.0.0.0/24' })), ['Allow tcp * 22-22', denied]);
});

test('of two IP versions a rule opens the one that its source or its destination is of', () => {
  const both = at(['10.0.0.4', 'fd00::4']);
  const of = (more: Partial<SecurityRule['properties']>) => shown(flattenRules([rule(100, more)], both)).slice(0, -1);
  assert.deepEqual(of({}), ['Allow tcp * 22-22']);
  assert.deepEqual(of({ destinationAddressPrefix: '10.0.0.0/8' }), ['Allow tcp 0.0.0.0/0 22-22']);
  assert.deepEqual(of({ destinationAddressPrefix: 'fd00::/64' }), ['Allow tcp ::/0 22-22']);
  assert.deepEqual(of({ sourceAddressPrefix: '2001:db8::/32' }), ['Allow tcp 2001:db8::/32 22-22']);
  assert.deepEqual(flat(rule(100, { sourceAddressPrefix: '2001:db8::/32' })), [denied]);
});

test('two groups let in only what both let in', () => {
  const subnet = flattenRules([rule(100, { destinationPortRange: '20-30', sourceAddressPrefix: '10.0.0.0/8' })], alone);
  const nic = flattenRules(
    [
      rule(100, { access: 'Deny', destinationPortRange: '25' }),
      rule(110, { protocol: '*', destinationPortRange: '*' }),
    ],
    alone,
  );
  assert.deepEqual(shown(intersectRules(subnet, nic)), [
    'Deny tcp 10.0.0.0/8 25-25',
    'Allow tcp 10.0.0.0/8 20-30',
    'Deny tcp 10.0.0.0/8 20-30',
    denied,
  ]);
  const icmp = flattenRules([rule(100, { protocol: 'Icmp' })], alone);
  const ssh = flattenRules([rule(100, { protocol: '*' })], alone);
  assert.deepEqual(
    shown(intersectRules(icmp, ssh)).filter((line) => line.startsWith('Allow')),
    [],
  );
});
