import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { flagWords } from '../../src/cli/flag-words.ts';
import { knownAddresses } from '../../src/cli/known-addresses.ts';
import { askLine } from '../../src/cli/prompt.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { impliedSources, readSources } from '../../src/machine/allow-from.ts';

const nothing = { allowFrom: [], securityGroup: undefined, noPublicIp: false, environment: 'AzurePublicCloud' };

test('who may reach a machine has to be said only where it can be reached from outside by a firewall of azdock', () => {
  assert.equal(impliedSources(nothing), undefined);
  assert.equal(impliedSources({ ...nothing, environment: undefined }), undefined);
  assert.deepEqual(impliedSources({ ...nothing, allowFrom: ['10.0.0.1'] }), ['10.0.0.1']);
  assert.deepEqual(impliedSources({ ...nothing, noPublicIp: true }), ['VirtualNetwork']);
  assert.deepEqual(impliedSources({ ...nothing, environment: 'sandbox' }), ['*']);
  assert.deepEqual(impliedSources({ ...nothing, securityGroup: 'guard' }), []);
});

test('an answer may name several, with commas or blanks', async () => {
  assert.deepEqual(await readSources(' 203.0.113.7/32,  VirtualNetwork 10.0.0.0/8 '), [
    '203.0.113.7',
    '10.0.0.0/8',
    'VirtualNetwork',
  ]);
  await assert.rejects(readSources('my laptop'), UsageError);
});

test('public addresses are offered, private ones and those of examples are not', () => {
  const found = knownAddresses('20.1.2.3 50000 10.0.0.4 22', ['127.0.0.1', '172.17.0.1', 'fe80::1', '203.0.113.9']);
  assert.deepEqual(found, { own: [], caller: '20.1.2.3' });
  assert.deepEqual(knownAddresses('20.1.2.3 1 20.9.9.9 22', ['10.0.0.4', '20.9.9.9']), {
    own: ['20.9.9.9'],
    caller: '20.1.2.3',
  });
  assert.deepEqual(knownAddresses(undefined, []), { own: [], caller: undefined });
  assert.equal(knownAddresses('192.168.1.2 1 10.0.0.4 22', []).caller, undefined);
});

const question = (input: PassThrough, output: string[], signal = new AbortController().signal) => ({
  text: 'Who?',
  input,
  output: { write: (text: string | Uint8Array) => output.push(String(text)) > 0 },
  signal,
});
const even = async (text: string) => {
  if (Number(text) % 2 !== 0) throw new UsageError(`${text} is odd.`);
  return Number(text);
};

test('a question is asked again until an answer will do', async () => {
  const input = new PassThrough();
  const output: string[] = [];
  const asked = askLine(question(input, output), even);
  input.write('3\n');
  input.write('4');
  input.write('2\nrest\n');
  assert.equal(await asked, 42);
  assert.deepEqual(output, ['Who? ', '3 is odd.\nWho? ']);
});

test('a question without an answer ends with the input, and can be interrupted', async () => {
  const ended = new PassThrough();
  ended.end('3\n');
  assert.equal(await askLine(question(ended, []), even), undefined);
  const interrupt = new AbortController();
  const asked = askLine(question(new PassThrough(), [], interrupt.signal), even);
  interrupt.abort(new Error('interrupted'));
  await assert.rejects(asked, /interrupted/);
});

test('a list in the environment that is a default gives way to the flag, and the others are joined with it', () => {
  const shapes = {
    from: { type: 'option', multiple: true, env: 'FROM', envIsDefault: true },
    port: { type: 'option', multiple: true, env: 'PORT' },
  } as const;
  const how = { environment: { FROM: '*, 10.0.0.1', PORT: '80' }, passThrough: false };
  assert.deepEqual(flagWords(['--port', '443'], shapes, how).words, [
    ...['--from', '*', '--from', '10.0.0.1', '--port', '80'],
    ...['--port', '443'],
  ]);
  assert.deepEqual(flagWords(['-from=10.0.0.2'], shapes, how).words, ['--port', '80', '--from', '10.0.0.2']);
});
