import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnRule, securityRules } from '../../../src/drivers/azure/security-rules.ts';
import { parseSources, requireSources, sourceList } from '../../../src/drivers/azure/sources.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

const machine = { sshPort: 22, dockerPort: 2376, tunnel: false, openPorts: [], allowFrom: [] };
const names = (rules: readonly { name?: string }[]) => rules.map(({ name }) => name);

test("open to everybody, the firewall's rules have docker-machine's names and priorities", () => {
  const openPorts = ['80', '53/udp', '8000-8010/*', '80/tcp'];
  for (const allowFrom of [[], ['*'], ['10.0.0.1', '*']]) {
    const rules = securityRules({ ...machine, openPorts, allowFrom });
    assert.deepEqual(
      rules.map((rule) => [
        rule.name,
        rule.priority,
        rule.protocol,
        rule.destinationPortRange,
        rule.sourceAddressPrefix,
      ]),
      [
        ['SSHAllowAny', 100, 'Tcp', '22', '*'],
        ['DockerAllowAny', 300, 'Tcp', '2376', '*'],
        ['Port80-TcpAllowAny', 1000, 'Tcp', '80', '*'],
        ['Port53-UdpAllowAny', 1001, 'Udp', '53', '*'],
        ['Port8000-8010-AsteriskAllowAny', 1002, '*', '8000-8010', '*'],
      ],
    );
  }
});

test('sources of different kinds have rules of their own, with names and priorities of their own', () => {
  const allowFrom = ['203.0.113.7', '198.51.100.0/24', '2001:DB8::/32', 'VirtualNetwork', 'AzureCloud.WestEurope'];
  const rules = securityRules({ ...machine, openPorts: ['80'], allowFrom });
  assert.equal(new Set(rules.map(({ priority }) => priority)).size, 12);
  assert.equal(new Set(names(rules)).size, 12);
  const ssh = rules.filter(({ destinationPortRange }) => destinationPortRange === '22');
  assert.deepEqual(
    ssh.map((rule) => [rule.name, rule.sourceAddressPrefix ?? rule.sourceAddressPrefixes]),
    [
      ['SSHAllow', ['203.0.113.7', '198.51.100.0/24']],
      ['SSHAllowIPv6', '2001:db8::/32'],
      ['SSHAllow-VirtualNetwork', 'VirtualNetwork'],
      ['SSHAllow-AzureCloud.WestEurope', 'AzureCloud.WestEurope'],
    ],
  );
});

test('a machine behind a tunnel opens nothing for Docker', () => {
  assert.deepEqual(names(securityRules({ ...machine, tunnel: true })), ['SSHAllowAny']);
});

test("azdock knows its own rules and docker-machine's, and takes no other for them", () => {
  for (const rule of securityRules({ ...machine, openPorts: ['80'], allowFrom: ['Internet', '10.0.0.1'] }))
    assert.ok(isOwnRule(rule), rule.name);
  for (const name of ['SSHAllowAny', 'DockerAllowAny', 'Port80-TcpAllowAny']) assert.ok(isOwnRule({ name }), name);
  for (const name of ['SSHAllow', 'DockerSwarmAllowAny', 'office', 'SSHAllow-Office'])
    assert.ok(!isOwnRule({ name }), name);
  assert.ok(!isOwnRule({ name: 'office', description: 'not by azdock: mine' }));
});

test('sources are written in one way, once', () => {
  assert.deepEqual(sourceList(parseSources([' 10.0.0.1/32 ', '10.0.0.1', 'internet', 'Internet', '2001:db8:0::1'])), [
    '10.0.0.1',
    '2001:db8::1',
    'internet',
  ]);
  assert.deepEqual(sourceList(parseSources(['0.0.0.0/0'])), ['0.0.0.0/0']);
  assert.deepEqual(sourceList(parseSources(['10.0.0.1', '*'])), ['*']);
});

test('what Azure would not take as a source is refused, with what it should be', () => {
  const refused: readonly (readonly [value: string, message: RegExp])[] = [
    ['203.0.113.7/24', /it is 203\.0\.113\.0\/24/],
    ['2001:db8::1/32', /it is 2001:db8::\/32/],
    ['203.0.113.300', /expected an address/],
    ['10.0.0.0/33', /expected an address/],
    ['10.0.0.1-10.0.0.9', /expected an address/],
    ['any', /everybody is written '\*'/],
    ['laptop.example.com', /service tag/],
    ['my laptop', /service tag/],
    ['', /expected an address/],
  ];
  for (const [value, message] of refused)
    assert.throws(
      () => parseSources([value]),
      (error: unknown) =>
        error instanceof UsageError && message.test(error.message) && error.resource === '--azure-allow-from',
      value,
    );
  assert.throws(() => requireSources(['2001:db8::1']), /IPv4 address/);
  assert.deepEqual(requireSources(['2001:db8::1', '10.0.0.1']), ['10.0.0.1', '2001:db8::1']);
});

test('more rules than Azure takes are refused', () => {
  const openPorts = Array.from({ length: 400 }, (_, at) => String(at + 1));
  const allowFrom = Array.from({ length: 9 }, (_, at) => `Tag${at}`);
  assert.throws(() => securityRules({ ...machine, openPorts, allowFrom }), UsageError);
});
