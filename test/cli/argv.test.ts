import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequest } from '../../src/cli/argv.ts';
import { UsageError } from '../../src/errors/usage-error.ts';

const VERBS = ['create', 'env', 'ip', 'ls', 'sandbox up', 'sandbox down', 'ssh'];
const read = (...argv: string[]) => readRequest(argv, VERBS);

test('flags before the verb become its first arguments', () => {
  assert.deepEqual(read('-D', '-s', '/x', '--tls-ca-cert=a.pem', 'create', '--driver', 'azure', 'dev'), {
    kind: 'run',
    verb: 'create',
    args: ['-D', '-s', '/x', '--tls-ca-cert=a.pem', '--driver', 'azure', 'dev'],
  });
});

test('the tokens that GitLab Runner puts before every verb are accepted', () => {
  const request = read('--bugsnag-api-token=no-report', 'ip', 'dev');
  assert.deepEqual(request, { kind: 'run', verb: 'ip', args: ['--bugsnag-api-token=no-report', 'dev'] });
  assert.equal(read('-github-api-token', 'x', 'ls').kind, 'run');
});

test('the value of a flag before the verb is never taken for the verb', () => {
  assert.deepEqual(read('--storage-path', 'ip', 'env', 'dev'), {
    kind: 'run',
    verb: 'env',
    args: ['--storage-path', 'ip', 'dev'],
  });
});

test('a machine may be named like a verb', () => {
  assert.deepEqual(read('ip', 'ls'), { kind: 'run', verb: 'ip', args: ['ls'] });
});

test('a verb of two words is found, and its first word alone asks for their help', () => {
  assert.deepEqual(read('sandbox', 'up', '--guests', 'linux'), {
    kind: 'run',
    verb: 'sandbox up',
    args: ['--guests', 'linux'],
  });
  assert.deepEqual(read('sandbox'), { kind: 'help', verb: 'sandbox' });
  assert.deepEqual(read('sandbox', '--help'), { kind: 'help', verb: 'sandbox' });
  assert.throws(() => read('sandbox', 'upp'), /"sandbox upp" is not an azdock command\. Did you mean sandbox up\?/);
});

test('no words, help, -h and --help ask for help', () => {
  for (const argv of [[], ['help'], ['h'], ['-h'], ['--help'], ['-help']]) {
    assert.deepEqual(read(...argv), { kind: 'help', verb: undefined }, argv.join(' '));
  }
  assert.deepEqual(read('help', 'env'), { kind: 'help', verb: 'env' });
  assert.deepEqual(read('--help', 'env'), { kind: 'help', verb: 'env' });
  assert.throws(() => read('help', 'bogus'), UsageError);
});

test('-v and --version ask for the version', () => {
  for (const flag of ['-v', '--version', '-version']) assert.deepEqual(read(flag), { kind: 'version' });
});

test('an unknown verb is refused with the nearest one', () => {
  assert.throws(() => read('creat'), /"creat" is not an azdock command\. Did you mean create\?/);
  assert.throws(() => read('frobnicate'), /"frobnicate" is not an azdock command\.$/);
});

test('an unknown flag before the verb is refused, and so is one without its value', () => {
  assert.throws(() => read('--bogus', 'ls'), /no flag --bogus before the command/);
  assert.throws(() => read('--storage-pat=/x', 'ls'), /Did you mean --storage-path\?/);
  assert.throws(() => read('-s'), /-s needs a value/);
  assert.throws(() => read('--constructor', 'ls'), UsageError);
});
