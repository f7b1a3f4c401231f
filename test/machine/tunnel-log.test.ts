import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { logLine } from '../../src/machine/tunnel/bounded-log.ts';
import { temporaryStore } from './store-fixture.ts';

const NOW = new Date('2026-11-20T21:40:03Z');

test('each line has its time, and stays one line whatever is in it', (t) => {
  const file = join(temporaryStore(t), 'tunnel.log');
  logLine(file, 'connected', NOW);
  logLine(file, 'odd\r\nwords\u001b[2J', NOW);
  assert.equal(
    readFileSync(file, 'utf8'),
    '2026-11-20T21:40:03.000Z connected\n2026-11-20T21:40:03.000Z odd words [2J\n',
  );
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('it never grows beyond its bound; what was said last stays, in whole lines', (t) => {
  const file = join(temporaryStore(t), 'tunnel.log');
  for (let index = 0; index < 3_000; index += 1) {
    logLine(file, `line ${index} ${'x'.repeat(100)}`, NOW);
    assert.ok(statSync(file).size <= 128 * 1024 + 200);
  }
  appendFileSync(file, 'the last words of a process\n');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.equal(lines.pop(), 'the last words of a process');
  assert.match(lines.at(-1) ?? '', / line 2999 x/);
  for (const line of lines) assert.match(line, /^2026-11-20T21:40:03\.000Z line \d+ x{100}$/);
});

test('where nothing can be written, nothing is said about that', (t) => {
  logLine(join(temporaryStore(t), 'missing', 'tunnel.log'), 'connected', NOW);
});
