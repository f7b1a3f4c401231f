import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesPast, proxyOf } from '../../../src/machine/doctor/no-proxy.ts';

test('Go programs go past a proxy to what NO_PROXY names, as they read it', () => {
  const past = (list: string, host: string) => goesPast({ NO_PROXY: list }, host, 2376);
  for (const [list, host] of [
    ['*', '20.1.2.3'],
    ['a,20.1.2.3', '20.1.2.3'],
    ['20.1.2.3:2376', '20.1.2.3'],
    ['20.0.0.0/8', '20.1.2.3'],
    ['[2001:db8::1]:2376', '2001:db8::1'],
    ['2001:db8::/32', '2001:db8::1'],
    ['azure.com', 'dev.cloudapp.azure.com'],
    ['azure.com', 'azure.com'],
    ['.azure.com', 'dev.azure.com'],
    ['*.azure.com', 'dev.azure.com'],
    ['', 'localhost'],
    ['', '127.0.0.7'],
    ['DEV.Example', 'dev.example'],
  ] as const)
    assert.equal(past(list, host), true, `${list} ${host}`);
  for (const [list, host] of [
    ['', '20.1.2.3'],
    ['20.1.2.3:22', '20.1.2.3'],
    ['20.1.2', '20.1.2.3'],
    ['21.0.0.0/8', '20.1.2.3'],
    ['20.0.0.0/99', '20.1.2.3'],
    ['.azure.com', 'azure.com'],
    ['zure.com', 'azure.com'],
  ] as const)
    assert.equal(past(list, host), false, `${list} ${host}`);
});

test('a proxy is named without the password that is in its address', () => {
  assert.equal(proxyOf({}), undefined);
  assert.equal(proxyOf({ https_proxy: 'http://me:hunter2@proxy.example:3128' }), 'http://proxy.example:3128');
  assert.equal(proxyOf({ HTTPS_PROXY: 'me:hunter2@proxy.example' }), 'proxy.example');
  assert.equal(proxyOf({ HTTP_PROXY: 'http://proxy.example' }), undefined);
});
