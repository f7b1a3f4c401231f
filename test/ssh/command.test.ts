import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { asRoot, commandLine, quoteWord } from '../../src/ssh/command.ts';

const WORDS = [
  'plain',
  '',
  "it's",
  '$(touch x) `y` $HOME',
  'a b\tc',
  'back\\slash',
  'two\nlines',
  '"q"',
  '*',
  '~',
  '#no',
  '-n',
  'ü',
  '!x',
];

test('a shell gives back every quoted word unchanged', async () => {
  const script = `printf '%s\\0' ${commandLine(WORDS)}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script]);
  assert.deepEqual(stdout.split('\0').slice(0, -1), WORDS);
});

test('ordinary words stay as they are, so that logs can be read', () => {
  assert.equal(commandLine(['docker', 'info', '--format={{.ID}}']), "docker info '--format={{.ID}}'");
  assert.equal(quoteWord('/etc/docker/ca.pem'), '/etc/docker/ca.pem');
});

test('root needs no sudo, and sudo never asks', () => {
  assert.equal(asRoot('root', ['sh', '-s']), 'sh -s');
  assert.equal(asRoot('docker-user', ['sh', '-s']), 'sudo -n sh -s');
});

test('a word with NUL is refused', () => {
  assert.throws(() => quoteWord('a\0b'), TypeError);
});
