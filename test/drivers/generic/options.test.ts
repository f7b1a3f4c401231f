import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genericOptions } from '../../../src/drivers/generic/options.ts';
import { genericDriverRecord } from '../../../src/drivers/generic/record.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

const base = { machineName: 'box', storePath: '/s', directory: '/s/machines/box' };
const refused = (values: Parameters<typeof genericOptions>[0]): string => {
  try {
    genericOptions(values);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return '';
};

test('what is not given is as in docker-machine: root, ports 22 and 2376, no key', () => {
  assert.deepEqual(genericOptions({ ipAddress: '10.0.0.5', sshKey: '' }), {
    ipAddress: '10.0.0.5',
    sshUser: 'root',
    sshPort: 22,
    sshKey: undefined,
    enginePort: 2376,
  });
});

test('an address is needed: an IP address of either kind, or a name', () => {
  for (const ipAddress of ['10.0.0.5', '2001:db8::7', 'host', 'my_host.example.com.'])
    assert.equal(refused({ ipAddress }), '', ipAddress);
  assert.equal(refused({}), 'generic driver requires the --generic-ip-address option');
  assert.equal(refused({ ipAddress: '' }), 'generic driver requires the --generic-ip-address option');
  for (const ipAddress of ['a b', '$(id)', '10.0.0.5:22', '-oProxyCommand=x', 'user@host', 'a..b'])
    assert.match(refused({ ipAddress }), /^--generic-ip-address .* neither an IP address nor/, ipAddress);
});

test('a user’s name is one that a system could have', () => {
  for (const sshUser of ['root', 'ec2-user', 'a.b', 'host$']) assert.equal(refused({ ipAddress: 'h', sshUser }), '');
  for (const sshUser of ['', 'a b', '-l', '$(id)'])
    assert.match(refused({ ipAddress: 'h', sshUser }), /^--generic-ssh-user .* not the name of a user/, sshUser);
});

test('the record has docker-machine’s keys in its order', () => {
  const options = genericOptions({ ipAddress: '10.0.0.5', sshKey: '/home/u/.ssh/id_ed25519' });
  assert.deepEqual(Object.entries(genericDriverRecord(options, base)), [
    ['IPAddress', '10.0.0.5'],
    ['MachineName', 'box'],
    ['SSHUser', 'root'],
    ['SSHPort', 22],
    ['SSHKeyPath', '/s/machines/box/id_ed25519'],
    ['StorePath', '/s'],
    ['SwarmMaster', false],
    ['SwarmHost', 'tcp://0.0.0.0:3376'],
    ['SwarmDiscovery', ''],
    ['EnginePort', 2376],
    ['SSHKey', '/home/u/.ssh/id_ed25519'],
  ]);
  assert.equal(genericDriverRecord(genericOptions({ ipAddress: 'h' }), base).SSHKeyPath, '');
});

test('the copy of a key never takes the place of another file of the machine', () => {
  const copyOf = (sshKey: string) =>
    genericDriverRecord(genericOptions({ ipAddress: 'h', sshKey }), base).SSHKeyPath.replace('/s/machines/box/', '');
  assert.equal(copyOf('/k/aws.pem'), 'aws.pem');
  for (const name of [
    'key.pem',
    'KEY.PEM',
    'ca.pem',
    'server-key.pem',
    'config.json',
    'azdock.json',
    'known_hosts',
    'x.pub',
  ])
    assert.equal(copyOf(`/k/${name}`), 'id_rsa', name);
});
