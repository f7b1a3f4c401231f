import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordError } from '../../src/errors/record-error.ts';
import { checkedHost, enginePort, engineUrl, recordedAddress, shownAddress } from '../../src/machine/address.ts';
import { defaultRecord } from '../../src/store/default-record.ts';
import type { JsonObject } from '../../src/store/record.ts';

function record(driverName: string, driver: JsonObject) {
  return defaultRecord({ root: '/store', name: 'dev', driverName, driver, engine: {}, tlsSans: [] });
}

test('an Azure machine is at the address on record, and nowhere without one', () => {
  assert.equal(recordedAddress(record('azure', { IPAddress: '20.1.2.3' })), '20.1.2.3');
  assert.equal(recordedAddress(record('azure', { IPAddress: '' })), undefined);
});

test('the port is that of the driver, or Docker’s own', () => {
  assert.equal(enginePort(record('azure', { DockerPort: 4243 })), 4243);
  assert.equal(enginePort(record('generic', { EnginePort: 2377 })), 2377);
  assert.equal(enginePort(record('azure', {})), 2376);
  for (const DockerPort of [70000, 1.5, '2376; rm -rf /'] as const) {
    assert.throws(() => enginePort(record('azure', { DockerPort })), RecordError);
  }
});

test('driver none has its host in the URL, and shows the authority as its address', () => {
  const none = record('none', { IPAddress: '10.0.0.1:2375', URL: 'tcp://10.0.0.1:2375' });
  assert.equal(recordedAddress(none), '10.0.0.1');
  assert.equal(enginePort(none), 2375);
  assert.equal(shownAddress(none), '10.0.0.1:2375');
  assert.equal(recordedAddress(record('none', { URL: 'tcp://[::1]:2376' })), '::1');
  assert.throws(() => recordedAddress(record('none', { URL: 'tcp://$(id):1' })), RecordError);
});

test('IPv6 addresses stand in brackets', () => {
  assert.equal(engineUrl('fe80::1', 2376), 'tcp://[fe80::1]:2376');
  assert.equal(engineUrl('dev.example.com', 2376), 'tcp://dev.example.com:2376');
});

test('what is no host never gets out of a record', () => {
  for (const host of ['20.1.2.3', 'dev.westeurope.cloudapp.azure.com', '::1'])
    assert.equal(checkedHost(host, 'dev'), host);
  for (const host of ['$(id)', 'a b', '"; id; "', '-oProxyCommand=id', 'a\nb', '`id`', 'x'.repeat(300)]) {
    assert.throws(() => checkedHost(host, 'dev'), RecordError, host);
  }
});
