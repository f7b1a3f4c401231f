import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCopyPlace } from '../../src/machine/copy-place.ts';

const read = (text: string, windows = false, machines: readonly string[] = ['dev']) =>
  parseCopyPlace(text, { windows, isMachine: (name) => machines.includes(name) });
const local = (path: string) => ({ kind: 'local', path });
const remote = (machine: string, path: string, user?: string) => ({ kind: 'machine', machine, user, path });

test('a place without a colon, or with one behind a slash, is on this computer', () => {
  for (const path of ['a', 'a b', './a:b', '/x/a:b', '', '~/x', ':x']) assert.deepEqual(read(path), local(path), path);
});

test('localhost: is this computer, too', () => {
  assert.deepEqual(read('localhost:/etc/hosts'), local('/etc/hosts'));
  assert.deepEqual(read('localhost:'), local('.'));
  assert.deepEqual(read('localhost:a:b'), local('a:b'));
});

test('a machine has a path and maybe a user, each with what it may contain', () => {
  assert.deepEqual(read('dev:'), remote('dev', ''));
  assert.deepEqual(read('dev:/srv/it’s "here" $x'), remote('dev', '/srv/it’s "here" $x'));
  assert.deepEqual(read('root@dev:a:b'), remote('dev', 'a:b', 'root'));
  assert.deepEqual(read('me@example.org@dev:x'), remote('dev', 'x', 'me@example.org'));
  assert.deepEqual(read('nobody-knows:x'), remote('nobody-knows', 'x'));
  assert.deepEqual(read('dev:a\nb'), remote('dev', 'a\nb'));
});

test('drives and network paths are on this computer', () => {
  for (const path of ['C:\\x', 'C:/x', 'c:\\a b\\c:d', '\\\\server\\share:1', '\\\\?\\C:\\x']) {
    assert.deepEqual(read(path, true), local(path), path);
    assert.deepEqual(read(path, false), local(path), path);
  }
});

test('a machine with a single letter is a machine, but on Windows', () => {
  assert.deepEqual(read('c:/x', false, ['c']), remote('c', '/x'));
  assert.deepEqual(read('c:/x', true, ['c']), local('c:/x'));
  assert.deepEqual(read('c:x', true, ['c']), remote('c', 'x'));
});
