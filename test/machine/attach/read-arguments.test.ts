import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCa } from '../../../src/certs/create-certificates.ts';
import { certificatesOf } from '../../../src/certs/inspect.ts';
import { joinAuthorities } from '../../../src/machine/attach/authorities.ts';
import { readArguments } from '../../../src/machine/attach/read-arguments.ts';
import { dockerdArguments } from '../../../src/provision/engine-arguments.ts';
import { provisioning } from '../../provision/example.ts';

test('what azdock tells an engine is read back from its arguments', () => {
  const { engine } = provisioning({
    port: 4243,
    labels: ['a=b c', 'provider=mine', 'x=-H=0.0.0.0:1'],
    storageDriver: 'overlay2',
    insecureRegistries: ['registry.test:5000'],
    registryMirrors: ['https://mirror.test'],
    options: ['live-restore', 'log-opt=max-size=10m'],
    environment: [],
  });
  const read = readArguments(dockerdArguments(engine));
  assert.equal(read.port, 4243);
  assert.deepEqual(read.engine, {
    // Labels called provider are azdock's own.
    Labels: ['a=b c', 'x=-H=0.0.0.0:1'],
    StorageDriver: 'overlay2',
    InsecureRegistry: ['registry.test:5000'],
    RegistryMirror: ['https://mirror.test'],
    ArbitraryFlags: ['live-restore', 'log-opt=max-size=10m'],
  });
});

test('sockets are read in the forms that people write, and none is no port', () => {
  for (const words of [
    ['-H', 'fd://', '-H', 'tcp://0.0.0.0:2376'],
    ['-H=fd://', '-H=0.0.0.0:2376'],
  ])
    assert.deepEqual([readArguments(words).port, readArguments(words).engine.ArbitraryFlags], [2376, []]);
  assert.equal(readArguments(['-H=fd://', '--tlsverify']).port, undefined);
  assert.deepEqual(readArguments([]).engine.Labels, []);
});

test('several CAs are in one file once each, in their order', async () => {
  const make = async () => (await createCa({ user: 'tester', now: new Date() })).cert;
  const [one, other] = [await make(), await make()];
  assert.deepEqual(
    certificatesOf(joinAuthorities(one, other, `${one}${other}`, '')),
    [one, other].map((pem) => pem.replaceAll('\r', '')),
  );
});
