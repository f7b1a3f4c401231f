import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FlagShapes, flagWords, unguarded } from '../../src/cli/flag-words.ts';

const SHAPES: FlagShapes = {
  format: { type: 'option', char: 'f' },
  quiet: { type: 'boolean', char: 'q' },
  debug: { type: 'boolean', char: 'D', env: 'DEBUG_IT', allowNo: true },
  opt: { type: 'option', multiple: true },
  mirror: { type: 'option', multiple: true, env: 'MIRROR' },
};

const read = (args: string[], environment: Record<string, string> = {}, passThrough = false) =>
  flagWords(args, SHAPES, { environment, passThrough });

test('one dash or two, an equals sign or a space: all the same', () => {
  for (const args of [['--format', 'x'], ['--format=x'], ['-format', 'x'], ['-format=x'], ['-f', 'x'], ['-f=x']]) {
    assert.deepEqual(read(args).words, ['--format', 'x'], args.join(' '));
  }
});

test('a boolean takes true and false after an equals sign, in all of Go’s spellings', () => {
  for (const yes of ['1', 't', 'T', 'TRUE', 'true', 'True']) assert.deepEqual(read([`-q=${yes}`]).words, ['--quiet']);
  for (const no of ['0', 'f', 'F', 'FALSE', 'false', 'False']) assert.deepEqual(read(['-q', `-q=${no}`]).words, []);
  assert.throws(() => read(['--quiet=maybe']), /--quiet is either true or false, not "maybe"/);
});

test('a boolean never takes the next word', () => {
  assert.deepEqual(read(['--quiet', 'true']).words, ['--quiet', 'true']);
});

test('a boolean with an environment variable can be taken back', () => {
  assert.deepEqual(read(['--debug=false']).words, ['--no-debug']);
  assert.deepEqual(read(['--no-debug']).words, ['--no-debug']);
  assert.deepEqual(read(['--no-debug', '-D']).words, ['--debug']);
  assert.throws(() => read(['--no-quiet']), /no flag --no-quiet/);
});

test('the last value of a single flag wins', () => {
  assert.deepEqual(read(['--format', 'a', 'x', '-f=b']).words, ['--format', 'b', 'x']);
});

test('a repeatable flag keeps all values, those of its environment variable first', () => {
  assert.deepEqual(read(['--opt', 'a', 'name', '--opt=b']).words, ['--opt', 'a', '--opt', 'b', 'name']);
  assert.deepEqual(read(['--mirror=c'], { MIRROR: 'a, b' }).words, ['--mirror', 'a', '--mirror', 'b', '--mirror', 'c']);
  assert.deepEqual(read([], { MIRROR: '' }).words, []);
});

test('a value may begin with a dash, even when it reads like a flag', () => {
  assert.deepEqual(read(['--opt', '-foo']).words.map(unguarded), ['--opt', '-foo']);
  assert.deepEqual(read(['--opt', '--quiet']).words.map(unguarded), ['--opt', '--quiet']);
  assert.notEqual(read(['--opt', '--quiet']).words[1], '--quiet', 'oclif would take it for the flag');
});

test('everything after -- is left as it is', () => {
  assert.deepEqual(read(['a', '--', '--quiet', '-x']).words, ['a', '--', '--quiet', '-x']);
});

test('with pass-through, everything after the first argument belongs to the other program', () => {
  assert.deepEqual(read(['-q', 'dev', 'ls', '--help', '-q'], {}, true), {
    words: ['--quiet', 'dev', '--', 'ls', '--help', '-q'],
    help: false,
  });
  assert.deepEqual(read(['dev', '--', 'ls'], {}, true).words, ['dev', '--', 'ls']);
  assert.deepEqual(read(['--', 'dev', 'ls'], {}, true).words, ['dev', '--', 'ls']);
  assert.throws(() => read(['-A', 'dev'], {}, true), /no flag -A here\. Flags of the other program come after/);
});

test('help is asked for by -h, -help and --help, but not by a value', () => {
  for (const flag of ['-h', '-help', '--help']) assert.equal(read(['x', flag]).help, true, flag);
  assert.equal(read(['--format', '--help']).help, false);
});

test('an unknown flag is refused with the nearest one, a missing value by name', () => {
  assert.throws(() => read(['--formt', 'x']), /There is no flag --formt here\. Did you mean --format\?/);
  assert.throws(() => read(['-x']), /There is no flag -x here/);
  assert.throws(() => read(['--format']), /--format needs a value/);
  assert.throws(() => read(['--toString']), /There is no flag --toString/);
});
