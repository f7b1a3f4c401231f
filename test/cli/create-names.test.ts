import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNames, inTypedWords, valuesOfOne } from '../../src/cli/create-names.ts';
import type { CreateValues } from '../../src/cli/create-flags.ts';
import { PreCreateCheckError } from '../../src/errors/pre-create-check-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';

const values = (driver: string, azure: object) => ({ driver, azure }) as unknown as CreateValues;

test('a name is a name, and a count makes several of it', () => {
  assert.deepEqual(createNames(['web'], undefined, false), { each: ['web'], isSeveral: false, words: 'web' });
  assert.deepEqual(createNames(['web'], 3, false), {
    each: ['web1', 'web2', 'web3'],
    isSeveral: true,
    words: '--count 3 web',
  });
  assert.deepEqual(createNames(['web'], 1, false).each, ['web1']);
  assert.deepEqual(createNames(['a', 'b'], undefined, false), { each: ['a', 'b'], isSeveral: true, words: 'a b' });
});

test('no name, a count of several names, and too many machines are refused', () => {
  assert.throws(() => createNames([], undefined, false), /^UsageError: No machine name specified/);
  assert.throws(() => createNames(['a', 'b'], 2, false), UsageError);
  assert.equal(createNames(['web'], 100, false).each.length, 100);
  assert.throws(() => createNames(['web'], 101, false), /At most 100 machines/);
  const many = Array.from({ length: 101 }, (_none, at) => `m${at}`);
  assert.throws(() => createNames(many, undefined, false), /At most 100 machines/);
});

test('called as docker-machine one machine is made, and its words are docker-machine’s', () => {
  assert.deepEqual(createNames(['web'], undefined, true).each, ['web']);
  assert.throws(
    () => createNames(['a', 'b', 'c'], undefined, true),
    (error) => error instanceof UsageError && error.message === 'Invalid command line. Found extra arguments [b c]',
  );
  assert.throws(() => createNames(['a'], 2, true), /one machine is made/);
});

test('what only one machine can have is refused for several, and a DNS label gets a number', () => {
  assert.throws(() => valuesOfOne(values('generic', {}), 1), /driver generic has one host/);
  assert.throws(
    () => valuesOfOne(values('azure', { privateIpAddress: '192.168.0.9' }), 1),
    (error) => error instanceof UsageError && error.resource === '--azure-private-ip-address',
  );
  assert.equal(valuesOfOne(values('azure', { dnsLabel: 'shop' }), 2).azure.dnsLabel, 'shop2');
  const plain = values('azure', {});
  assert.equal(valuesOfOne(plain, 2), plain);
});

test('commands that speak of the first machine speak of all, but for those that go on with one', () => {
  const error = new PreCreateCheckError('no', {
    nextSteps: [
      { label: 'a', command: 'azdock create web1 --azure-size X' },
      { label: 'b', command: 'azdock create web1 --resume' },
      { label: 'c', command: 'azdock create web1-2' },
    ],
  });
  const said = inTypedWords(error, createNames(['web'], 2, false));
  assert.ok(said instanceof PreCreateCheckError);
  assert.deepEqual(
    said.nextSteps.map(({ command }) => command),
    ['azdock create --count 2 web --azure-size X', 'azdock create web1 --resume', 'azdock create web1-2'],
  );
});
