import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { listenForInterrupt } from '../../src/cli/interrupt.ts';
import { CancelledError } from '../../src/errors/cancelled-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

class Source extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

/** A process that can be sent signals, at times that the test sets. */
function listen() {
  const source = new Source();
  const notices: string[] = [];
  const time = { nowMs: 0 };
  const interrupt = listenForInterrupt(source, { notice: (text) => notices.push(text), now: () => time.nowMs });
  return { source, notices, time, interrupt };
}

test('the first signal aborts, the second ends the process', () => {
  const { source, notices, time, interrupt } = listen();
  source.emit('SIGINT');
  assert.ok(interrupt.signal.reason instanceof CancelledError);
  assert.equal(interrupt.exitCode, 130);
  assert.deepEqual(source.exits, []);
  assert.equal(notices.length, 1);
  time.nowMs += 1_000;
  source.emit('SIGTERM');
  assert.deepEqual(source.exits, [143]);
  assert.equal(interrupt.exitCode, 130);
});

test('a Ctrl-C that comes twice, from the terminal and from a program between, counts once', () => {
  const { source, time, interrupt } = listen();
  source.emit('SIGINT');
  time.nowMs += 5;
  source.emit('SIGINT');
  assert.equal(interrupt.exitCode, 130);
  assert.deepEqual(source.exits, []);
  // A key that is held down repeats itself.
  for (; source.exits.length === 0; time.nowMs += 30) source.emit('SIGINT');
  assert.deepEqual(source.exits, [130]);
  assert.ok(time.nowMs < 500);
});

test('a terminal that goes away ends the command in order, however often it says so', () => {
  const { source, time, interrupt } = listen();
  source.emit('SIGHUP');
  time.nowMs += 1_000;
  source.emit('SIGHUP');
  assert.equal(interrupt.exitCode, 129);
  assert.ok(interrupt.signal.aborted);
  assert.deepEqual(source.exits, []);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGTERM', 143],
] as const) {
  test(`a command that is interrupted by ${signal} ends in order with ${code}`, async () => {
    const run = await runProgram(PROGRAM, ['wait'], {
      onOutput: (text, kill) => text.includes('ready') && kill(signal),
    });
    assert.equal(run.code, code);
    assert.match(run.stderr, /Waiting: failed/);
    assert.match(run.stderr, /Interrupted\.\n$/);
  });
}
