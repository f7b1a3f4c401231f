import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import { dockerdArguments, dockerOptions, execStartArguments } from '../../src/provision/engine-arguments.ts';
import { HOSTILE, plainEngine } from './example.ts';
import { systemdWords } from './systemd-words.ts';

test('arguments come in the order of DockerExtension, ours before the options', () => {
  const engine = {
    ...plainEngine,
    port: 2377,
    storageDriver: 'overlay2',
    labels: ['a=1', 'b=2'],
    insecureRegistries: ['10.0.0.0/8'],
    registryMirrors: ['https://mirror.example.com'],
    options: ['live-restore', 'dns=8.8.8.8'],
  };
  assert.deepEqual(dockerdArguments(engine), [
    '-H=fd://',
    '--tlsverify',
    '--tlscacert=/etc/docker/ca.pem',
    '--tlscert=/etc/docker/cert.pem',
    '--tlskey=/etc/docker/key.pem',
    '-H=0.0.0.0:2377',
    '--storage-driver=overlay2',
    '--label=a=1',
    '--label=b=2',
    '--label=provider=azure',
    '--label=azdock.certificate=4fd2a1',
    '--insecure-registry=10.0.0.0/8',
    '--registry-mirror=https://mirror.example.com',
    '--live-restore',
    '--dns=8.8.8.8',
  ]);
});

test('without a port the engine listens nowhere but at its socket, and all else is as it was', () => {
  const { port: _, ...rest } = plainEngine;
  const words = dockerdArguments({ ...rest, port: undefined });
  assert.deepEqual(
    words.filter((word) => word.startsWith('-H')),
    ['-H=fd://'],
  );
  assert.deepEqual(
    words,
    dockerdArguments(plainEngine).filter((word) => word !== '-H=0.0.0.0:2376'),
  );
});

test('new certificates change the options, or DockerExtension would not restart the engine', () => {
  assert.notDeepEqual(dockerOptions(plainEngine), dockerOptions({ ...plainEngine, certificateSerial: '4fd2a2' }));
});

test('systemd reads every argument back as it was meant', () => {
  const engine = {
    ...plainEngine,
    labels: HOSTILE.map((text, n) => `l${n}=${text}`),
    options: HOSTILE.map((text) => `log-opt=tag=${text}\t`),
  };
  assert.deepEqual(['-H=fd://', ...systemdWords(execStartArguments(engine))], dockerdArguments(engine));
  assert.doesNotMatch(execStartArguments(engine), /\\$|\n/);
});

test('ordinary arguments are not quoted', () => {
  assert.equal(
    `-H=fd:// ${execStartArguments({ ...plainEngine, options: ['bip=10.1.0.1/24'] })}`,
    dockerdArguments({ ...plainEngine, options: ['bip=10.1.0.1/24'] }).join(' '),
  );
});

suite('what the user may not say is refused by the name of the flag', () => {
  const refused: readonly (readonly [Partial<typeof plainEngine>, RegExp])[] = [
    [{ options: ['--debug'] }, /--engine-opt .*without leading dashes: debug/],
    [{ options: ['debug\nExecStartPre=/bin/x'] }, /--engine-opt .*line break/],
    [{ options: ['debug\0'] }, /--engine-opt .*control character/],
    [{ options: ['host=tcp://0.0.0.0:2375'] }, /--engine-opt .*where the engine listens/],
    [{ options: ['H=tcp://0.0.0.0:2375'] }, /--engine-opt .*where the engine listens/],
    [{ options: ['tlsverify=false'] }, /--engine-opt .*authenticates/],
    [{ options: ['tls'] }, /--engine-opt .*authenticates/],
    [{ options: ['validate'] }, /--engine-opt .*and end/],
    [{ options: ['dns 8.8.8.8'] }, /--engine-opt .*dns=8\.8\.8\.8/],
    [{ options: [''] }, /--engine-opt .*empty/],
    [{ options: ['=x'] }, /--engine-opt .*NAME/],
    [{ labels: ['nokey'] }, /--engine-label .*KEY=VALUE/],
    [{ labels: ['a=b\nc'] }, /--engine-label .*line break/],
    [{ environment: ['A B=1'] }, /--engine-env .*NAME=VALUE/],
    [{ environment: ['A=1\nB'] }, /--engine-env .*line break/],
    [{ insecureRegistries: [' '] }, /--engine-insecure-registry .*empty/],
    [{ registryMirrors: ['a\rb'] }, /--engine-registry-mirror .*line break/],
    [{ storageDriver: '\x1b' }, /--engine-storage-driver .*control/],
    [{ installUrl: 'get.docker.com' }, /--engine-install-url .*URL/],
    [{ installUrl: 'file:///etc/passwd' }, /--engine-install-url .*URL/],
    [{ port: 0 }, /0 cannot be the engine's port/],
    [{ port: 70_000 }, /70000 cannot be/],
  ];
  for (const [change, message] of refused) {
    test(JSON.stringify(change), () => {
      assert.throws(
        () => dockerdArguments({ ...plainEngine, ...change }),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  test('a wrong environment variable is named without its value, which may be a password', () => {
    assert.throws(
      () => dockerdArguments({ ...plainEngine, environment: ['A-B=hunter2'] }),
      (error) => error instanceof UsageError && !error.message.includes('hunter2'),
    );
  });
});
