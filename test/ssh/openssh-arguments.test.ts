import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnsafeValueError } from '../../src/errors/unsafe-value-error.ts';
import { sshArguments } from '../../src/ssh/openssh-arguments.ts';
import { opensshConfig } from '../../src/ssh/openssh-config.ts';
import { pathValue } from '../../src/ssh/openssh-option.ts';
import type { PinnedHost } from '../../src/ssh/pinned-host.ts';
import { rsyncArguments } from '../../src/ssh/rsync-arguments.ts';
import { type ScpRequest, scpArguments } from '../../src/ssh/scp-arguments.ts';
import { sshfsArguments } from '../../src/ssh/sshfs-arguments.ts';

const DEV: PinnedHost = {
  host: '20.1.2.3',
  port: 2222,
  user: 'docker-user',
  keyFile: '/store/machines/dev/id_rsa',
  knownHostsFile: '/store/machines/dev/known_hosts',
};

test('ssh gets docker-machine’s arguments, with the pinned key in place of none', () => {
  const text = sshArguments(DEV, ['echo', 'a', 'b', 'a']).join(' ');
  assert.equal(
    text,
    '-F /dev/null -o ConnectionAttempts=3 -o ConnectTimeout=10 -o ControlMaster=no -o ControlPath=none -o LogLevel=quiet ' +
      '-o PasswordAuthentication=no -o ServerAliveInterval=60 -o StrictHostKeyChecking=yes ' +
      '-o UserKnownHostsFile=/store/machines/dev/known_hosts -o HostKeyAlias=azdock-machine docker-user@20.1.2.3 ' +
      '-o IdentitiesOnly=yes -i /store/machines/dev/id_rsa -p 2222 echo a b a',
  );
});

test('without a key of the machine’s own, ssh is left to find the user’s', () => {
  const words = sshArguments({ ...DEV, keyFile: undefined }, []);
  assert.ok(!words.includes('-i') && !words.join(' ').includes('IdentitiesOnly'));
});

test('whoever gives ssh’s own flags hears what ssh says', () => {
  assert.ok(sshArguments(DEV, ['-L', '1:a:2']).includes('LogLevel=error'));
  assert.ok(sshArguments(DEV, ['--', 'ls']).includes('LogLevel=quiet'));
});

test('a path with blanks, commas or percent signs arrives as it is', () => {
  assert.equal(pathValue('/a/b'), '/a/b');
  assert.equal(pathValue('/a b/c'), '"/a b/c"');
  assert.equal(pathValue('/100%h'), '/100%%h');
  const strange = sshArguments({ ...DEV, keyFile: '/a %h/id_rsa' }, []);
  assert.ok(strange.includes('IdentityFile="/a %%h/id_rsa"'), strange.join(' '));
});

test('a path that OpenSSH would change is refused, with the way around it', () => {
  for (const path of ['/a"b', '/$' + '{HOME}/x', '/a\nb']) {
    assert.throws(
      () => pathValue(path),
      (error) => error instanceof UnsafeValueError && error.nextSteps.length === 1,
    );
  }
});

test('the configuration for copies gives each host its own key and host key', () => {
  const other = { ...DEV, host: '::1', keyFile: undefined, knownHostsFile: '/o/known hosts' };
  const text = opensshConfig({ source: DEV, target: other });
  const [source = '', target = ''] = text.split('\n\n');
  assert.match(source, /^Host source\n {2}HostName 20\.1\.2\.3\n {2}User docker-user\n {2}Port 2222\n/);
  assert.match(source, /IdentitiesOnly yes\n {2}IdentityFile \/store\/machines\/dev\/id_rsa\n/);
  assert.match(target, /HostName ::1\n/);
  assert.doesNotMatch(target, /Identit/);
  assert.match(target, /UserKnownHostsFile "\/o\/known hosts"\n {2}HostKeyAlias azdock-machine/);
});

const COPY: ScpRequest = {
  configFile: '/t/ssh_config',
  source: { host: undefined, path: 'a file' },
  target: { host: 'target', path: '/srv/it’s here' },
  recursive: true,
  quiet: true,
  version: 'OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.22',
};

test('scp gets paths as they are where it speaks SFTP, and quoted where a shell reads them', () => {
  const path = '/srv/it’s here';
  const of = (version: string | undefined) => scpArguments({ ...COPY, version });
  assert.deepEqual(of(COPY.version), ['-F', '/t/ssh_config', '-3', '-r', '-q', 'a file', `target:${path}`]);
  assert.deepEqual(of(undefined), of(COPY.version));
  assert.deepEqual(of('OpenSSH_8.9p1 Ubuntu-3').slice(3), ['-r', '-q', '-s', 'a file', `target:${path}`]);
  for (const old of ['OpenSSH_8.2p1', 'OpenSSH_for_Windows_8.1p1', 'OpenSSH_7.4p1']) {
    assert.deepEqual(of(old).slice(5), ['a file', `target:'${path}'`], old);
  }
  const plain = { host: 'target', path: '~/*.log' };
  assert.equal(scpArguments({ ...COPY, target: plain, version: 'OpenSSH_8.2p1' }).at(-1), 'target:~/*.log');
});

test('local paths that read like hosts or flags are made to read like paths', () => {
  const of = (path: string) => scpArguments({ ...COPY, source: { host: undefined, path } }).at(-2);
  assert.equal(of('a:b'), './a:b');
  assert.equal(of('-r'), './-r');
  assert.equal(of('/a:b'), '/a:b');
});

test('rsync is told which ssh to use, and shields paths only where it must', () => {
  const { source, target } = COPY;
  const of = (change: object) =>
    rsyncArguments({
      ssh: '/usr/bin/ssh',
      configFile: '/t/c',
      source,
      target,
      recursive: true,
      quiet: false,
      ...change,
    });
  assert.deepEqual(of({}), [
    '--progress',
    '-e',
    '/usr/bin/ssh -F /t/c',
    '-r',
    '--protect-args',
    'a file',
    'target:/srv/it’s here',
  ]);
  const plain = of({ quiet: true, recursive: false, target: { host: 'target', path: 'x' }, configFile: '/t d/c' });
  assert.deepEqual(plain, ['-e', "/usr/bin/ssh -F '/t d/c'", 'a file', 'target:x']);
});

test('sshfs gets commas escaped, since they divide its options, and an IPv6 address in brackets', () => {
  const words = sshfsArguments({ ...DEV, host: '::1', knownHostsFile: '/a, b/known_hosts' }, '/srv', '/mnt');
  assert.ok(words.includes('UserKnownHostsFile="/a\\, b/known_hosts"'), words.join(' '));
  assert.ok(words.includes('StrictHostKeyChecking=yes'));
  assert.deepEqual(words.slice(-2), ['docker-user@[::1]:/srv', '/mnt']);
});
