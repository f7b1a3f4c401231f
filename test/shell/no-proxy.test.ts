import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToNoProxy, removeFromNoProxy } from '../../src/shell/no-proxy.ts';

test('the address becomes NO_PROXY when there is none', () => {
  assert.deepEqual(addToNoProxy({}, '10.0.0.1'), { set: [['NO_PROXY', '10.0.0.1']], unset: [] });
  assert.deepEqual(addToNoProxy({ NO_PROXY: '', no_proxy: '' }, '10.0.0.1').set, [['NO_PROXY', '10.0.0.1']]);
});

test('the address is added to the list that is in use', () => {
  assert.deepEqual(addToNoProxy({ NO_PROXY: 'localhost' }, '10.0.0.1').set, [['NO_PROXY', 'localhost,10.0.0.1']]);
  assert.deepEqual(addToNoProxy({ no_proxy: 'localhost' }, '10.0.0.1').set, [['no_proxy', 'localhost,10.0.0.1']]);
});

test('both lists get the address when both are in use', () => {
  assert.deepEqual(addToNoProxy({ no_proxy: 'a', NO_PROXY: 'b' }, '10.0.0.1').set, [
    ['no_proxy', 'a,10.0.0.1'],
    ['NO_PROXY', 'b,10.0.0.1'],
  ]);
});

test('a list that has the address stays as it is', () => {
  assert.deepEqual(addToNoProxy({ NO_PROXY: 'x, 10.0.0.1 ,y' }, '10.0.0.1').set, [['NO_PROXY', 'x, 10.0.0.1 ,y']]);
});

test('an address that is only part of another is no member', () => {
  const { set } = addToNoProxy({ NO_PROXY: '10.0.0.12,1127.0.0.1' }, '10.0.0.1');
  assert.deepEqual(set, [['NO_PROXY', '10.0.0.12,1127.0.0.1,10.0.0.1']]);
});

test('undoing it takes out the address that DOCKER_HOST names, and keeps the rest', () => {
  const environment = { DOCKER_HOST: 'tcp://10.0.0.1:2376', NO_PROXY: 'localhost,10.0.0.1,10.0.0.12' };
  assert.deepEqual(removeFromNoProxy(environment), { set: [['NO_PROXY', 'localhost,10.0.0.12']], unset: [] });
});

test('undoing it removes a variable that holds nothing else, or nothing at all', () => {
  const environment = { DOCKER_HOST: 'tcp://[fd00::1]:2376', no_proxy: 'FD00::1' };
  assert.deepEqual(removeFromNoProxy(environment), { set: [], unset: ['no_proxy'] });
  assert.deepEqual(removeFromNoProxy({}), { set: [], unset: ['NO_PROXY'] });
});

test("undoing it leaves the user's own list alone", () => {
  assert.deepEqual(removeFromNoProxy({ NO_PROXY: 'localhost' }), { set: [], unset: [] });
  assert.deepEqual(removeFromNoProxy({ NO_PROXY: 'localhost', DOCKER_HOST: 'unix:///var/run/docker.sock' }).set, []);
});
