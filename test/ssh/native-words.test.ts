import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import { parseForward } from '../../src/ssh/forward-spec.ts';
import { readNativeWords } from '../../src/ssh/native-words.ts';

const NOTHING = { command: undefined, terminal: undefined, nothing: false, forwardAgent: false, forwards: [] };

test('words without flags are the command, joined by blanks as ssh joins them', () => {
  assert.deepEqual(readNativeWords([]), NOTHING);
  assert.deepEqual(readNativeWords(['--']), NOTHING);
  assert.equal(readNativeWords(['echo', 'a', 'b', 'a']).command, 'echo a b a');
  assert.equal(readNativeWords(['ls', '-A', '--help']).command, 'ls -A --help');
  assert.equal(readNativeWords(['--', '-x', '--', 'y']).command, '-x -- y');
});

test('flags are read in one word or several, with values attached or behind them', () => {
  const { forwardAgent, terminal, nothing, forwards, command } = readNativeWords([
    '-At',
    '-NL8080:web:80',
    '-D',
    '1080',
    'ls',
  ]);
  assert.deepEqual(
    { forwardAgent, terminal, nothing, command },
    { forwardAgent: true, terminal: true, nothing: true, command: 'ls' },
  );
  assert.deepEqual(forwards, [
    { kind: 'local', listen: { host: 'localhost', port: 8080 }, target: { host: 'web', port: 80 } },
    { kind: 'dynamic', listen: { host: 'localhost', port: 1080 } },
  ]);
  assert.equal(readNativeWords(['-T']).terminal, false);
});

test('a flag that only OpenSSH has is refused, as is one without its value', () => {
  assert.throws(
    () => readNativeWords(['-X', 'ls']),
    (error) => error instanceof UsageError && /does not have -X/.test(error.message),
  );
  assert.throws(() => readNativeWords(['-L']), /-L needs a value/);
});

test('forwardings are described as for ssh', () => {
  const at = (host: string, port: number) => ({ host, port });
  assert.deepEqual(parseForward('L', '*:1:h:2'), { kind: 'local', listen: at('', 1), target: at('h', 2) });
  assert.deepEqual(parseForward('L', '[::1]:1:[fe80::1]:2'), {
    kind: 'local',
    listen: at('::1', 1),
    target: at('fe80::1', 2),
  });
  assert.deepEqual(parseForward('L', '2375:/var/run/docker.sock'), {
    kind: 'local',
    listen: at('localhost', 2375),
    target: { path: '/var/run/docker.sock' },
  });
  assert.deepEqual(parseForward('L', '/tmp/a:/tmp/b'), {
    kind: 'local',
    listen: { path: '/tmp/a' },
    target: { path: '/tmp/b' },
  });
  assert.deepEqual(parseForward('R', '0:localhost:80'), {
    kind: 'remote',
    listen: at('localhost', 0),
    target: at('localhost', 80),
  });
  for (const [flag, value] of [
    ['L', '8080'],
    ['L', '8080:80'],
    ['L', 'a:1:b:2:c:3'],
    ['L', '1:h:99999'],
    ['L', ''],
    ['R', '/tmp/a:h:1'],
    ['D', '1:h:2'],
    ['D', 'x'],
  ] as const) {
    assert.throws(() => parseForward(flag, value), UsageError, `-${flag} ${value}`);
  }
});
